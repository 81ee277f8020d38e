// SPDX-License-Identifier: Apache-2.0
#include "credentials/environment.hpp"

#include <map>

#include "support/variables.hpp"
#include "support/virtual_time.hpp"

namespace sas::credentials {
namespace {

class EnvironmentTest : public support::VirtualTime {
 public:
  Result<AccessKey> key() {
    Environment environment(support::variables(set));
    return await(environment.get());
  }

  std::map<std::string, std::string> set;
};

TEST_F(EnvironmentTest, IdAndSecretAreEnough) {
  set["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "LTAI1";
  set["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "s3cret";
  ASSERT_TRUE(key());
  EXPECT_EQ(key()->id, "LTAI1");
  EXPECT_EQ(key()->secret.reveal(), "s3cret");
  EXPECT_TRUE(key()->security_token.empty());
}

TEST_F(EnvironmentTest, TokenIsTakenWhenThereIsOne) {
  set["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "STS.1";
  set["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "s3cret";
  set["ALIBABA_CLOUD_SECURITY_TOKEN"] = "t0ken";
  EXPECT_EQ(key()->security_token.reveal(), "t0ken");
}

TEST_F(EnvironmentTest, WhatIsMissingOrEmptyIsNamed) {
  EXPECT_NE(key().error().message.find("ALIBABA_CLOUD_ACCESS_KEY_ID"), std::string::npos);
  set["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "LTAI1";
  set["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "";
  ASSERT_FALSE(key());
  EXPECT_EQ(key().error().kind, ErrorKind::give_up);
  EXPECT_EQ(key().error().cause, ErrorCause::configuration);
  EXPECT_NE(key().error().message.find("ALIBABA_CLOUD_ACCESS_KEY_SECRET"), std::string::npos);
}

}  // namespace
}  // namespace sas::credentials
