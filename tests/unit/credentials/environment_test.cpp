// SPDX-License-Identifier: Apache-2.0
#include "credentials/environment.hpp"

#include <cstdlib>

#include "support/virtual_time.hpp"

namespace sas::credentials {
namespace {

class EnvironmentTest : public support::VirtualTime {
 public:
  EnvironmentTest() { clear(); }
  ~EnvironmentTest() override { clear(); }

  Result<AccessKey> key() {
    Environment environment;
    return await(environment.get());
  }

  static void clear() {
    for (const char* name :
         {"ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_SECURITY_TOKEN"})
      ::unsetenv(name);
  }
};

TEST_F(EnvironmentTest, IdAndSecretAreEnough) {
  ::setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI1", 1);
  ::setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s3cret", 1);
  ASSERT_TRUE(key());
  EXPECT_EQ(key()->id, "LTAI1");
  EXPECT_EQ(key()->secret.reveal(), "s3cret");
  EXPECT_TRUE(key()->security_token.empty());
}

TEST_F(EnvironmentTest, TokenIsTakenWhenThereIsOne) {
  ::setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "STS.1", 1);
  ::setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "s3cret", 1);
  ::setenv("ALIBABA_CLOUD_SECURITY_TOKEN", "t0ken", 1);
  EXPECT_EQ(key()->security_token.reveal(), "t0ken");
}

TEST_F(EnvironmentTest, WhatIsMissingOrEmptyIsNamed) {
  EXPECT_NE(key().error().message.find("ALIBABA_CLOUD_ACCESS_KEY_ID"), std::string::npos);
  ::setenv("ALIBABA_CLOUD_ACCESS_KEY_ID", "LTAI1", 1);
  ::setenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "", 1);
  ASSERT_FALSE(key());
  EXPECT_EQ(key().error().kind, ErrorKind::give_up);
  EXPECT_EQ(key().error().cause, ErrorCause::configuration);
  EXPECT_NE(key().error().message.find("ALIBABA_CLOUD_ACCESS_KEY_SECRET"), std::string::npos);
}

}  // namespace
}  // namespace sas::credentials
