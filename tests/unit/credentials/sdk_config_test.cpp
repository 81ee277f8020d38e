// SPDX-License-Identifier: Apache-2.0
#include "credentials/sdk_config.hpp"

#include <gmock/gmock.h>

#include "support/credentials_fixture.hpp"

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kKey = "access_key_id = LTAI1\naccess_key_secret = s3cret\n";

class SdkConfigTest : public support::CredentialsFixture {
 public:
  SdkConfigTest() { set["ALIBABA_CLOUD_CREDENTIALS_FILE"] = folder.path("credentials"); }
  std::string outcome(const std::string& ini) {
    folder.write("credentials", ini);
    SdkConfig config(surroundings());
    const Result<AccessKey> key = get(config);
    return key ? key->id : key.error().message;
  }
};

TEST_F(SdkConfigTest, EachTypeGivesItsKey) {
  folder.write("token", "the-token");
  EXPECT_EQ(outcome("[default]\ntype = access_key\n" + kKey), "LTAI1");
  EXPECT_EQ(outcome("[default]\ntype=ecs_ram_role\nrole_name=node\n"), "STS.ecs1");
  EXPECT_EQ(outcome("[default]\ntype = ram_role_arn\nrole_arn = acs:ram::1:role/a\n" + kKey), "STS.a2");
  EXPECT_EQ(outcome("[default]\ntype = oidc_role_arn\nrole_arn = acs:ram::1:role/b\n"
                    "oidc_provider_arn = acs:ram::1:oidc-provider/p\noidc_token_file_path = " +
                    folder.path("token")),
            "STS.b3");
}

TEST_F(SdkConfigTest, CommentsAndBlanksAreNotPartOfAnything) {
  EXPECT_EQ(outcome("# one\r\n; two\r\n\r\n [ other ]\r\nnonsense\r\n[default] # three\r\n"
                    "  type = access_key  # four\r\naccess_key_id = LTAI1;five\r\naccess_key_secret=x"),
            "LTAI1");
}

TEST_F(SdkConfigTest, QuotesAndBackslashesKeepWhatWouldBeginAComment) {
  const std::pair<const char*, const char*> cases[] = {
      {R"("LTAI#1")", "LTAI#1"},  {"'LTAI;1'", "LTAI;1"},
      {R"(LTAI\#1)", "LTAI#1"},   {R"(LTAI\\1)", R"(LTAI\1)"},
      {R"(LTAI\1)", R"(LTAI\1)"}, {R"("LTAI1)", R"("LTAI1)"},
      {"=a=b", "=a=b"},           {R"(LTAI1\)", R"(LTAI1\)"},
  };
  for (const auto& [written, meant] : cases)
    EXPECT_EQ(outcome(std::string("[default]\ntype = access_key\naccess_key_secret = x\naccess_key_id = ") +
                      written),
              meant);
}

TEST_F(SdkConfigTest, TheEnvironmentNamesTheSection) {
  set["ALIBABA_CLOUD_PROFILE"] = "team";
  EXPECT_EQ(outcome("[default]\ntype = ecs_ram_role\n[team]\ntype = access_key\n" + kKey), "LTAI1");
}

TEST_F(SdkConfigTest, TheFileStandsInTheHomeOfWhoeverRuns) {
  set.clear();
  SdkConfig homeless(surroundings());
  EXPECT_THAT(error_of(homeless), HasSubstr("HOME is not set"));
  set["HOME"] = "/nowhere";
  SdkConfig config(surroundings());
  EXPECT_THAT(error_of(config), HasSubstr("/nowhere/.alibabacloud/credentials: No such file"));
}

TEST_F(SdkConfigTest, WhatIsWrongIsToldWithFileAndSectionAndWithoutSecrets) {
  const std::pair<std::string, const char*> cases[] = {
      {"[other]\ntype = access_key\n[third]\n", "has no section [default]; there are: other, third"},
      {"[default]\nhunter2\n", "line 2 is neither [section] nor key = value"},
      {"[default]\n" + kKey, "section [default]: type (none) is not supported; access_key,"},
      {"[default]\ntype = rsa_key_pair\n", "use access_key or ram_role_arn instead"},
      {"[default]\ntype = access_key\naccess_key_secret = hunter2\n",
       "access_key_id or access_key_secret is missing"},
      {"[default]\ntype = ram_role_arn\n" + kKey, "the role's ARN is missing"},
      {"[default]\nenable = false\ntype = access_key\n" + kKey, "`enable` is not true"},
  };
  for (const auto& [ini, reason] : cases)
    EXPECT_THAT(outcome(ini),
                AllOf(HasSubstr(folder.path("credentials")), HasSubstr(reason), Not(HasSubstr("hunter2"))));
}

TEST_F(SdkConfigTest, TheFileIsReadAgainWhenItChanges) {
  folder.write("credentials", "[default]\ntype = access_key\n" + kKey);
  SdkConfig config(surroundings());
  EXPECT_EQ(get(config)->id, "LTAI1");
  folder.write("credentials", "[default]\ntype = access_key\naccess_key_id = NEW\naccess_key_secret = x\n");
  EXPECT_EQ(get(config)->id, "LTAI1") << "somebody may still be writing";
  run_for(10s);
  EXPECT_EQ(get(config)->id, "NEW");
}

TEST_F(SdkConfigTest, ARefusedKeyWaitsForNobodyToSettle) {
  folder.write("credentials", "[default]\ntype = access_key\n" + kKey);
  SdkConfig config(surroundings());
  const Result<AccessKey> old = get(config);
  folder.write("credentials", "[default]\ntype = access_key\naccess_key_id = NEW\naccess_key_secret = x\n");
  config.refused(*old);
  EXPECT_EQ(get(config)->id, "NEW");
}

}  // namespace
}  // namespace sas::credentials
