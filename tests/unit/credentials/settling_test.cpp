// SPDX-License-Identifier: Apache-2.0
#include "credentials/settling.hpp"

#include <string>

#include <gtest/gtest.h>

namespace sas::credentials {
namespace {

using namespace std::chrono_literals;

constexpr Instant kStart{1h};

Result<std::string> failed() {
  return Error{.kind = ErrorKind::give_up, .cause = ErrorCause::configuration, .message = "gone"};
}

// What counts, or `-` for an error.
std::string take(Settling<std::string>& settling, const Result<std::string>& found, Monotonic::duration at) {
  const Result<std::string> counts = settling.take(found, kStart + at);
  return counts ? *counts : "-";
}

TEST(Settling, TheFirstValueCountsAtOnce) {
  Settling<std::string> settling;
  EXPECT_EQ(take(settling, failed(), 0s), "-");
  EXPECT_EQ(take(settling, "a", 0s), "a");
}

TEST(Settling, AnotherCountsOnceItHasStayed) {
  Settling<std::string> settling;
  take(settling, "a", 0s);
  EXPECT_EQ(take(settling, "b", 10s), "a");
  EXPECT_EQ(take(settling, "b", 19'999ms), "a");
  EXPECT_EQ(take(settling, "b", 20s), "b");
}

TEST(Settling, EachChangeBeginsAnew) {
  Settling<std::string> settling;
  take(settling, "a", 0s);
  EXPECT_EQ(take(settling, "b", 1s), "a");
  EXPECT_EQ(take(settling, "bc", 10s), "a");
  EXPECT_EQ(take(settling, "bc", 11s), "a");
  EXPECT_EQ(take(settling, "bc", 20s), "bc");
}

TEST(Settling, WhatComesBackHasNotChanged) {
  Settling<std::string> settling;
  take(settling, "a", 0s);
  EXPECT_EQ(take(settling, "b", 1s), "a");
  EXPECT_EQ(take(settling, "a", 10s), "a");
  EXPECT_EQ(take(settling, "b", 11s), "a") << "the ten seconds begin again";
}

TEST(Settling, AnErrorCountsOnceItHasStayedAndThenTheNextValueAtOnce) {
  Settling<std::string> settling;
  take(settling, "a", 0s);
  EXPECT_EQ(take(settling, failed(), 1s), "a");
  EXPECT_EQ(take(settling, failed(), 11s), "-");
  EXPECT_EQ(take(settling, "b", 11s), "b");
}

TEST(Settling, WhoeverDoubtsTakesWhatElseThereIs) {
  Settling<std::string> settling;
  take(settling, "a", 0s);
  settling.doubt();
  EXPECT_EQ(take(settling, "a", 1s), "a");
  EXPECT_EQ(take(settling, "b", 1s), "a") << "the doubt was about what there was then";
  settling.doubt();
  EXPECT_EQ(take(settling, "b", 1s), "b");
}

TEST(Settling, WhatIsForgottenIsNotHeldOnTo) {
  Settling<std::string> settling;
  take(settling, "a", 0s);
  settling.forget();
  EXPECT_EQ(take(settling, "b", 0s), "b");
}

}  // namespace
}  // namespace sas::credentials
