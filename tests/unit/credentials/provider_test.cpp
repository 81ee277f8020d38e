// SPDX-License-Identifier: Apache-2.0
#include "credentials/provider.hpp"

#include "support/virtual_time.hpp"

namespace sas::credentials {
namespace {

using ProviderTest = support::VirtualTime;

TEST_F(ProviderTest, ValuesMakeAStaticKey) {
  const auto provider = make_provider(
      FromSettings{.id = "LTAI1", .secret = Secret("s3cret"), .security_token = Secret("t0ken")});
  EXPECT_EQ(provider->name(), "static");
  const auto key = await(provider->get());
  ASSERT_TRUE(key);
  EXPECT_EQ(key->id, "LTAI1");
  EXPECT_EQ(key->secret.reveal(), "s3cret");
  EXPECT_EQ(key->security_token.reveal(), "t0ken");
}

TEST_F(ProviderTest, AnyFileMakesItAProviderOfFiles) {
  EXPECT_EQ(make_provider(FromSettings{.id_file = "/x"})->name(), "files");
  EXPECT_EQ(make_provider(FromSettings{.secret_file = "/x"})->name(), "files");
  EXPECT_EQ(make_provider(FromSettings{.security_token_file = "/x"})->name(), "files");
}

TEST_F(ProviderTest, TheEnvironmentIsAskedForByName) {
  EXPECT_EQ(make_provider(FromEnvironment{})->name(), "environment");
}

}  // namespace
}  // namespace sas::credentials
