// SPDX-License-Identifier: Apache-2.0
#include "web/basic_credentials.hpp"

#include <string>

#include <gtest/gtest.h>

namespace sas::web {
namespace {

TEST(BasicCredentials, UserAndPasswordAreOnTheTwoSidesOfTheFirstColon) {
  // Aladdin:open sesame is RFC 7617's; then a:b:c, a:, and a colon alone.
  struct {
    const char* field;
    const char* user;
    const char* password;
  } const kFields[] = {{"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin", "open sesame"},
                       {"basic YTpiOmM=", "a", "b:c"},
                       {"BASIC   YTo=", "a", ""},
                       {"Basic Og==", "", ""}};
  for (const auto& each : kFields) {
    const auto found = basic_credentials(Secret(each.field));
    ASSERT_TRUE(found.has_value()) << each.field;
    EXPECT_EQ(found->user, each.user);
    EXPECT_EQ(found->password.reveal(), each.password);
  }
}

TEST(BasicCredentials, AnythingElseIsNone) {
  for (const char* field : {"", "Basic", "Basic ", "Basic YQ==", "Basic a:b", "Bearer YTpi", "BasicYTpi",
                            "Basic YTpi,Basic YTpi", "Digest x"})
    EXPECT_FALSE(basic_credentials(Secret(field)).has_value()) << field;
}

}  // namespace
}  // namespace sas::web
