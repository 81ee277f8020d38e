// SPDX-License-Identifier: Apache-2.0
#include "doctor/phrases.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace sas::doctor {
namespace {

using namespace std::chrono_literals;

TEST(Phrases, SpansHaveOneUnit) {
  EXPECT_EQ(rough(0s), "0s");
  EXPECT_EQ(rough(1999ms), "1s");
  EXPECT_EQ(rough(119s), "119s");
  EXPECT_EQ(rough(120s), "2m");
  EXPECT_EQ(rough(-20min), "20m");
  EXPECT_EQ(rough(119min), "119m");
  EXPECT_EQ(rough(2h), "2h");
  EXPECT_EQ(rough(47h), "47h");
  EXPECT_EQ(rough(std::chrono::days{80}), "80d");
}

TEST(Phrases, WholeNumbersHaveNoFraction) {
  EXPECT_EQ(boost::json::serialize(number_fact(5)), "5");
  EXPECT_EQ(boost::json::serialize(number_fact(0.5)), "5E-1");
}

TEST(Phrases, ErrorsAreToldWithWhatTheSupportAsksFor) {
  EXPECT_EQ(told({.kind = ErrorKind::retry, .cause = ErrorCause::server, .message = "m"}), "m");
  EXPECT_EQ(told({.kind = ErrorKind::retry,
                  .cause = ErrorCause::server,
                  .message = "m",
                  .code = "C",
                  .request_id = "R",
                  .http_status = 500}),
            "m (code C) (HTTP 500) (RequestId R)");
}

TEST(Phrases, LongListsAreCut) {
  EXPECT_EQ(first_of({}, 2), "");
  EXPECT_EQ(first_of({"a", "b"}, 2), "a, b");
  EXPECT_EQ(first_of({"a", "b", "c"}, 2), "a, b and 1 more");
}

}  // namespace
}  // namespace sas::doctor
