// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

#include <set>

#include <gtest/gtest.h>

namespace sas {
namespace {

TEST(Error, OneLineHoldsAllThatIsKnown) {
  const Error error{.kind = ErrorKind::wait,
                    .cause = ErrorCause::throttled,
                    .message = "the service asks for a pause",
                    .code = "Throttling.User",
                    .request_id = "5F2B1A",
                    .http_status = 400};
  EXPECT_EQ(to_string(error),
            "throttled: the service asks for a pause (code Throttling.User) (HTTP 400) (RequestId 5F2B1A)");
}

TEST(Error, WhatIsNotKnownIsLeftOut) {
  const Error error{
      .kind = ErrorKind::retry, .cause = ErrorCause::timeout, .message = "connect took over 5s"};
  EXPECT_EQ(to_string(error), "timeout: connect took over 5s");
}

TEST(Error, AnErrorThatNobodyFilledInIsABugOfOurs) {
  const Error error{};
  EXPECT_EQ(error.kind, ErrorKind::bug);
  EXPECT_EQ(error.cause, ErrorCause::internal);
}

TEST(Error, EachKindHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (const auto kind : {ErrorKind::retry, ErrorKind::wait, ErrorKind::give_up, ErrorKind::bug}) {
    names.insert(to_string(kind));
  }
  EXPECT_EQ(names, (std::set<std::string_view>{"retry", "wait", "give_up", "bug"}));
}

TEST(Error, EachCauseHasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int cause = 0; cause <= static_cast<int>(ErrorCause::internal); ++cause) {
    names.insert(to_string(static_cast<ErrorCause>(cause)));
  }
  EXPECT_EQ(names,
            (std::set<std::string_view>{"transport", "timeout", "tls", "throttled", "suspended", "clock",
                                        "signature", "key", "token", "permission", "parameter", "server",
                                        "not_json", "contract", "configuration", "cancelled", "internal"}));
}

}  // namespace
}  // namespace sas
