// SPDX-License-Identifier: Apache-2.0
#include "credentials/chain.hpp"

#include <gmock/gmock.h>

#include "support/credentials_fixture.hpp"

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kConfig =
    R"({"current":"c","profiles":[{"name":"c","mode":"AK","access_key_id":"CLI1","access_key_secret":"x"}]})";

class ChainTest : public support::CredentialsFixture {
 public:
  ChainTest() {
    set["HOME"] = folder.path("");
    cloud.down["100.100.100.200"] = support::unreachable();
  }
  std::unique_ptr<Chain> make() { return make_default_chain(surroundings()); }
  std::string id() {
    const auto chain = make();
    const Result<AccessKey> key = get(*chain);
    return key ? key->id : key.error().message;
  }

  // Each sets up one of the chain.
  void environment() {
    set["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "ENV1";
    set["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "x";
  }
  void oidc() {
    folder.write("token", "the-token");
    set["ALIBABA_CLOUD_ROLE_ARN"] = "acs:ram::1:role/pod";
    set["ALIBABA_CLOUD_OIDC_PROVIDER_ARN"] = "acs:ram::1:oidc-provider/p";
    set["ALIBABA_CLOUD_OIDC_TOKEN_FILE"] = folder.path("token");
  }
  void profile() {
    folder.write("config.json", kConfig);
    set["ALIBABA_CLOUD_CONFIG_FILE"] = folder.path("config.json");
  }
  void credentials_file() {
    folder.write("ini", "[default]\ntype = access_key\naccess_key_id = INI1\naccess_key_secret = x\n");
    set["ALIBABA_CLOUD_CREDENTIALS_FILE"] = folder.path("ini");
  }
  void instance() { cloud.down.clear(); }
  void uri() { set["ALIBABA_CLOUD_CREDENTIALS_URI"] = "http://127.0.0.1/key"; }
};

TEST_F(ChainTest, TheOrderIsThatOfTheOfficialSdks) {
  uri();
  EXPECT_EQ(id(), "URI1");
  instance();
  EXPECT_EQ(id(), "STS.ecs1");
  credentials_file();
  EXPECT_EQ(id(), "INI1");
  profile();
  EXPECT_EQ(id(), "CLI1");
  oidc();
  EXPECT_EQ(id(), "STS.pod2");
  environment();
  EXPECT_EQ(id(), "ENV1");
  EXPECT_EQ(chosen, (std::vector<std::string>{"credentials_uri", "ecs_ram_role", "credentials_file",
                                              "profile", "oidc_role_arn", "environment"}));
}

TEST_F(ChainTest, TheEnvironmentSwitchesOff) {
  profile();
  instance();
  set["ALIBABA_CLOUD_CLI_PROFILE_DISABLED"] = "TRUE";
  EXPECT_EQ(id(), "STS.ecs1");
  set["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true";
  EXPECT_THAT(id(), AllOf(HasSubstr("profile: ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true"),
                          HasSubstr("ecs_ram_role: ALIBABA_CLOUD_ECS_METADATA_DISABLED is true")));
}

TEST_F(ChainTest, WhoeverIsPassedOverIsRememberedWithTheReason) {
  uri();
  const auto chain = make();
  ASSERT_TRUE(get(*chain));
  std::string reasons;
  for (const PassedOver& passed : chain->passed_over())
    reasons += passed.provider + ": " + passed.reason + "\n";
  EXPECT_THAT(reasons, AllOf(HasSubstr("environment: the environment variable ALIBABA_CLOUD_ACCESS_KEY_ID"),
                             HasSubstr("oidc_role_arn: ALIBABA_CLOUD_ROLE_ARN is not set"),
                             HasSubstr("/.aliyun/config.json: No such file"),
                             HasSubstr("/.alibabacloud/credentials: No such file"),
                             HasSubstr("ecs_ram_role: connecting to x: no route")));
  EXPECT_EQ(chain->passed_over().size(), 5U);
  EXPECT_EQ(chain->name(), "credentials_uri");
}

TEST_F(ChainTest, NobodyIsAnErrorThatTellsAllReasonsAndTheNextLookBeginsAnew) {
  const auto chain = make();
  EXPECT_THAT(error_of(*chain),
              AllOf(HasSubstr("no credentials found: "), HasSubstr("environment: "), HasSubstr("; profile: "),
                    HasSubstr("credentials_uri: ALIBABA_CLOUD_CREDENTIALS_URI is not set")));
  EXPECT_EQ(chain->name(), "default");
  EXPECT_TRUE(chosen.empty());
  EXPECT_EQ(passed_over.size(), 6U);
  folder.write(".aliyun", "");  // not even a folder
  EXPECT_FALSE(get(*chain));
  std::filesystem::remove(folder.path(".aliyun"));
  std::filesystem::create_directory(folder.path(".aliyun"));
  folder.write(".aliyun/config.json", kConfig);
  EXPECT_EQ(get(*chain)->id, "CLI1");
}

TEST_F(ChainTest, TheFirstThatAnsweredIsKeptTo) {
  uri();
  const auto chain = make();
  ASSERT_TRUE(get(*chain));
  std::filesystem::create_directory(folder.path(".aliyun"));
  folder.write(".aliyun/config.json", kConfig);
  run_for(50min);
  EXPECT_EQ(get(*chain)->id, "URI1");
  run_for(1min);
  EXPECT_EQ(chosen.size(), 1U);
}

TEST_F(ChainTest, OneThatIsSetUpAndCannotBeReachedIsWaitedFor) {
  oidc();
  instance();
  cloud.down["sts.aliyuncs.com"] = support::unreachable();
  const auto chain = make();
  const Result<AccessKey> none = get(*chain);
  ASSERT_FALSE(none) << "signs as the instance";
  EXPECT_EQ(none.error().kind, ErrorKind::retry);
  EXPECT_THAT(none.error().message,
              HasSubstr("oidc_role_arn is set up, so no other credentials are looked for"));
  cloud.down.clear();
  run_for(10s);
  EXPECT_EQ(get(*chain)->id, "STS.pod1");
}

TEST_F(ChainTest, OneThatIsSetUpWrongIsPassedOver) {
  oidc();
  instance();
  set["ALIBABA_CLOUD_ROLE_ARN"] = "acs:ram::1:role/forbidden";
  const auto chain = make();
  EXPECT_EQ(get(*chain)->id, "STS.ecs1");
}

TEST_F(ChainTest, AnInstanceThatIsNamedIsWaitedFor) {
  uri();
  set["ALIBABA_CLOUD_ECS_METADATA"] = "node";
  EXPECT_THAT(id(), HasSubstr("ecs_ram_role is set up"));
}

TEST_F(ChainTest, ARefusalReachesTheOneThatIsKeptTo) {
  instance();
  const auto chain = make();
  const Result<AccessKey> key = get(*chain);
  run_for(1min);
  chain->refused(*key);
  EXPECT_EQ(get(*chain)->id, "STS.ecs2");
}

TEST_F(ChainTest, ManyWhoLookAtOnceDoNotStorm) {
  const auto chain = make();
  int failed = 0;
  for (int round = 0; round < 10; ++round)
    for (int i = 0; i < 20; ++i)
      asio::co_spawn(context(), chain->get(), [&](const std::exception_ptr&, const Result<AccessKey>& key) {
        if (!key) ++failed;
      });
  ASSERT_TRUE(run_until([&] { return failed == 200; }));
  EXPECT_EQ(cloud.count("/latest/api/token"), 1U);
}

}  // namespace
}  // namespace sas::credentials
