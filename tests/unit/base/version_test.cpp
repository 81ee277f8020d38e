// SPDX-License-Identifier: Apache-2.0
#include "base/version.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas {
namespace {

TEST(Version, HasThreeNumbers) {
  EXPECT_THAT(std::string{version()}, testing::MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

TEST(Version, TheRevisionIsACommitOrUnknown) {
  EXPECT_THAT(std::string{revision()}, testing::MatchesRegex("unknown|[0-9a-f]+"));
}

}  // namespace
}  // namespace sas
