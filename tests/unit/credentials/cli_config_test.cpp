// SPDX-License-Identifier: Apache-2.0
#include "credentials/cli_config.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "support/credentials_fixture.hpp"

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const std::string kKey = R"("access_key_id":"LTAI1","access_key_secret":"s3cret")";

class CliConfigTest : public support::CredentialsFixture {
 public:
  // Profiles, each without its braces; the first is the current one.
  void write(const std::vector<std::string>& profiles) {
    std::string list;
    for (const std::string& profile : profiles)
      list += (list.empty() ? "{" : ",{") + profile + "}";
    folder.write("config.json", R"({"current":"p","profiles":[)" + list + "]}");
  }
  std::unique_ptr<CliConfig> make(std::string profile = {}) {
    return std::make_unique<CliConfig>(
        CliConfigSettings{.file = folder.path("config.json"), .profile = std::move(profile)}, surroundings());
  }
  std::string outcome(const std::string& profile) {
    write({R"("name":"p",)" + profile});
    const auto config = make();
    const Result<AccessKey> key = get(*config);
    return key ? key->id : key.error().message;
  }
};

TEST_F(CliConfigTest, EachModeGivesItsKey) {
  folder.write("token", "the-token");
  folder.write("key",
               R"({"mode":"StsToken","access_key_id":"EXT1","access_key_secret":"x","sts_token":"y"})");
  EXPECT_EQ(outcome(R"("mode":"AK",)" + kKey), "LTAI1");
  EXPECT_EQ(outcome(R"("mode":"StsToken","sts_token":"t",)" + kKey), "LTAI1");
  EXPECT_EQ(
      outcome(R"("mode":"RamRoleArn","ram_role_arn":"acs:ram::1:role/a","expired_seconds":900,)" + kKey),
      "STS.a1");
  EXPECT_THAT(cloud.requests.back().url, HasSubstr("DurationSeconds=900"));
  EXPECT_EQ(outcome(R"("mode":"EcsRamRole","ram_role_name":"node")"), "STS.ecs2");
  EXPECT_EQ(
      outcome(R"("mode":"RamRoleArnWithRoleName","ram_role_name":"node","ram_role_arn":"acs:ram::1:role/b")"),
      "STS.b4");
  EXPECT_EQ(outcome(fmt::format(R"("mode":"OIDC","ram_role_arn":"acs:ram::1:role/c","oidc_provider_arn":)"
                                R"("acs:ram::1:oidc-provider/p","oidc_token_file":"{}")",
                                folder.path("token"))),
            "STS.c5");
  EXPECT_EQ(outcome(R"("mode":"CredentialsURI","credentials_uri":"http://127.0.0.1/key")"), "URI1");
}

TEST_F(CliConfigTest, RolesChainThroughTheirSourceProfiles) {
  write({R"("name":"p","mode":"ChainableRamRoleArn","ram_role_arn":"acs:ram::3:role/c","source_profile":"q")",
         R"("name":"q","mode":"ChainableRamRoleArn","ram_role_arn":"acs:ram::2:role/b","source_profile":"r")",
         R"("name":"r","mode":"AK",)" + kKey});
  const auto config = make();
  EXPECT_EQ(get(*config)->id, "STS.c2");
  EXPECT_EQ(get(*config)->id, "STS.c2") << "asked for a session that it has";
}

TEST_F(CliConfigTest, ACircleOfSourceProfilesIsShown) {
  write(
      {R"("name":"p","mode":"ChainableRamRoleArn","ram_role_arn":"acs:ram::3:role/c","source_profile":"q")",
       R"("name":"q","mode":"ChainableRamRoleArn","ram_role_arn":"acs:ram::2:role/b","source_profile":"p")"});
  EXPECT_THAT(error_of(*make()), HasSubstr("goes round in a circle: p -> q -> p"));
  write(
      {R"("name":"p","mode":"ChainableRamRoleArn","ram_role_arn":"acs:ram::3:role/c","source_profile":"p")"});
  EXPECT_THAT(error_of(*make()), HasSubstr("p -> p"));
}

TEST_F(CliConfigTest, AFileThatNamesNoCurrentProfileHasNone) {
  folder.write("config.json", R"({"profiles":[{"name":"default","mode":"AK",)" + kKey + "}]}");
  EXPECT_THAT(error_of(*make()), HasSubstr("does not say which profile is `current`"));
  EXPECT_EQ(get(*make("default"))->id, "LTAI1");
}

TEST_F(CliConfigTest, TheProfileIsNamedBySettingsEnvironmentOrFile) {
  write({R"("name":"p","mode":"AK","access_key_id":"P","access_key_secret":"x")",
         R"("name":"q","mode":"AK","access_key_id":"Q","access_key_secret":"x")",
         R"("name":"r","mode":"AK","access_key_id":"R","access_key_secret":"x")"});
  EXPECT_EQ(get(*make())->id, "P");
  set["ALIBABA_CLOUD_PROFILE"] = "q";
  EXPECT_EQ(get(*make())->id, "Q");
  EXPECT_EQ(get(*make("r"))->id, "R");
  EXPECT_THAT(error_of(*make("z")), AllOf(HasSubstr(folder.path("config.json")),
                                          HasSubstr("has no profile z; there are: p, q, r")));
}

TEST_F(CliConfigTest, TheFileStandsInTheHomeOfWhoeverRuns) {
  CliConfig homeless({}, surroundings());
  EXPECT_THAT(error_of(homeless), HasSubstr("HOME is not set"));
  set["HOME"] = folder.path("home");
  CliConfig config({}, surroundings());
  EXPECT_THAT(error_of(config), HasSubstr(folder.path("home/.aliyun/config.json") + ": No such file"));
}

TEST_F(CliConfigTest, ModesThatNoDaemonCanUseAreNamedWithAnother) {
  for (const char* mode : {"CloudSSO", "OAuth", "RsaKeyPair", "BearerToken", "Anonymous"})
    EXPECT_THAT(
        outcome(fmt::format(R"("mode":"{}")", mode)),
        AllOf(HasSubstr("profile p: mode " + std::string(mode) + " is not supported: "), HasSubstr("use ")));
  EXPECT_THAT(outcome(R"("mode":"New")"), HasSubstr("AK, StsToken, RamRoleArn"));
  EXPECT_THAT(outcome(R"("x":1)"), HasSubstr("mode (none) is not supported"));
}

TEST_F(CliConfigTest, WhatIsWrongIsToldWithFileAndProfileAndWithoutSecrets) {
  const std::pair<std::string, const char*> cases[] = {
      {R"("mode":"AK","access_key_secret":"hunter2")", "needs access_key_id, access_key_secret"},
      {R"("mode":"StsToken",)" + kKey, "and sts_token"},
      {R"("mode":"RamRoleArn",)" + kKey, "the role's ARN is missing"},
      {R"("mode":"RamRoleArn","ram_role_arn":"a","expired_seconds":1,)" + kKey,
       "seconds are no whole number"},
      {R"("mode":"ChainableRamRoleArn","ram_role_arn":"a")", "needs source_profile"},
      {R"("mode":"ChainableRamRoleArn","ram_role_arn":"a","source_profile":"z")", "has no profile z"},
  };
  for (const auto& [profile, reason] : cases)
    EXPECT_THAT(outcome(profile),
                AllOf(HasSubstr("config.json"), HasSubstr(reason), Not(HasSubstr("hunter2"))));
  for (const char* text :
       {"hunter2", "[]", "{}", R"({"profiles":{}})", R"({"profiles":[1,"hunter2",null]})"}) {
    folder.write("config.json", text);
    EXPECT_THAT(error_of(*make()), AllOf(HasSubstr("config.json"), Not(HasSubstr("hunter2")))) << text;
  }
}

TEST_F(CliConfigTest, TheFileIsReadAgainWhenItChangesAndSessionsGoOnWhenItDoesNot) {
  write({R"("name":"p","mode":"RamRoleArn","ram_role_arn":"acs:ram::1:role/a",)" + kKey});
  const auto config = make();
  EXPECT_EQ(get(*config)->id, "STS.a1");
  EXPECT_EQ(get(*config)->id, "STS.a1");
  write({R"("name":"p","mode":"RamRoleArn","ram_role_arn":"acs:ram::1:role/bb",)" + kKey});
  EXPECT_EQ(get(*config)->id, "STS.a1") << "somebody may still be writing";
  run_for(10s);
  EXPECT_EQ(get(*config)->id, "STS.bb2");
  folder.write("config.json", "");
  EXPECT_EQ(get(*config)->id, "STS.bb2");
  run_for(10s);
  EXPECT_THAT(error_of(*config), HasSubstr("empty"));
  write({R"("name":"p","mode":"AK","access_key_id":"NEW","access_key_secret":"x")"});
  EXPECT_EQ(get(*config)->id, "NEW");
}

TEST_F(CliConfigTest, ATextThatIsOfNoUseIsReplacedByTheNextAtOnce) {
  write({R"("name":"p","mode":"CloudSSO")"});
  const auto config = make();
  EXPECT_THAT(error_of(*config), HasSubstr("CloudSSO is not supported"));
  write({R"("name":"p","mode":"AK","access_key_id":"NEW","access_key_secret":"x")"});
  EXPECT_EQ(get(*config)->id, "NEW");
}

TEST_F(CliConfigTest, ARefusedKeyWaitsForNobodyToSettle) {
  write({R"("name":"p","mode":"AK","access_key_id":"OLD","access_key_secret":"x")"});
  const auto config = make();
  const Result<AccessKey> old = get(*config);
  write({R"("name":"p","mode":"AK","access_key_id":"NEW","access_key_secret":"x")"});
  config->refused(*old);
  EXPECT_EQ(get(*config)->id, "NEW");
}

TEST_F(CliConfigTest, ARefusalReachesTheSession) {
  write({R"("name":"p","mode":"RamRoleArn","ram_role_arn":"acs:ram::1:role/a",)" + kKey});
  const auto config = make();
  const Result<AccessKey> key = get(*config);
  run_for(1min);
  config->refused(*key);
  EXPECT_EQ(get(*config)->id, "STS.a2");
}

}  // namespace
}  // namespace sas::credentials
