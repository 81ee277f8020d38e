// SPDX-License-Identifier: Apache-2.0
#include "base/result.hpp"

#include <stdexcept>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sas {
namespace {

TEST(Result, HoldsAValueOrAnError) {
  const Result<int> good = 7;
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, 7);
  const Result<int> bad = Error{.kind = ErrorKind::retry, .cause = ErrorCause::tls, .message = "no"};
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().cause, ErrorCause::tls);
}

TEST(Result, TakingTheValueOfAnErrorIsABugThatNamesItsPlaceAndCause) {
  const Result<std::string> bad =
      Error{.kind = ErrorKind::give_up, .cause = ErrorCause::key, .message = "inactive"};
  try {
    static_cast<void>(bad.value());
    FAIL() << "no exception";
  } catch (const std::logic_error& bug) {
    EXPECT_THAT(bug.what(), testing::HasSubstr("result_test.cpp"));
    EXPECT_THAT(bug.what(), testing::HasSubstr("key: inactive"));
  }
}

}  // namespace
}  // namespace sas
