// SPDX-License-Identifier: Apache-2.0
#include "snapshot/object_reader.hpp"

#include <array>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "policy/alert_state.hpp"

namespace sas::snapshot {
namespace {

const boost::json::value kValue = boost::json::parse(
    R"({"text":"a\u0000b","whole":7,"huge":18446744073709551615,"half":0.5,"inner":{"x":1},"word":"resolved"})");

class ObjectReaderTest : public testing::Test {
 public:
  std::string problem;
  ObjectReader reader{kValue.get_object(), problem};
};

TEST_F(ObjectReaderTest, WhatIsThereIsRead) {
  EXPECT_EQ(reader.text("text"), std::string("a\0b", 3));
  EXPECT_EQ(reader.number<int>("whole"), 7);
  EXPECT_EQ(reader.number<std::uint64_t>("huge"), 18446744073709551615U);
  EXPECT_EQ(reader.time("whole"), Time{Milliseconds{7}});
  EXPECT_EQ(reader.object("inner").number<int>("x"), 1);
  constexpr std::array kWords{policy::AlertStatus::firing, policy::AlertStatus::resolved};
  EXPECT_EQ(reader.word("word", kWords), policy::AlertStatus::resolved);
  EXPECT_EQ(problem, "");
}

TEST_F(ObjectReaderTest, WhatMayBeAbsentIsNoProblem) {
  EXPECT_EQ(reader.text_or_empty("none"), "");
  EXPECT_EQ(reader.number_if_there<int>("none"), std::nullopt);
  EXPECT_EQ(reader.time_if_there("none"), std::nullopt);
  EXPECT_EQ(problem, "");
}

TEST_F(ObjectReaderTest, ANumberMustBeWholeAndInItsRange) {
  EXPECT_EQ(reader.number<std::int64_t>("huge"), 0);
  EXPECT_EQ(problem, "`huge` is not a whole number in its range");
  problem.clear();
  EXPECT_EQ(reader.number<int>("half"), 0);
  EXPECT_EQ(problem, "`half` is not a whole number in its range");
  problem.clear();
  EXPECT_EQ(reader.number<int>("text"), 0);
  EXPECT_EQ(problem, "`text` is not a whole number in its range");
}

TEST_F(ObjectReaderTest, TheFirstProblemIsTheOneThatIsRemembered) {
  EXPECT_EQ(reader.object("none").text("x"), "");
  EXPECT_EQ(problem, "`none` is missing");
}

}  // namespace
}  // namespace sas::snapshot
