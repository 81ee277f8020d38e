// SPDX-License-Identifier: Apache-2.0
#include "settings/value.hpp"

#include <array>

#include <gtest/gtest.h>

namespace sas::settings {
namespace {

constexpr std::array<std::string_view, 2> kWords{"cn", "intl"};

std::string problem(const Shape& shape, std::string_view text) {
  const auto result = read_value(shape, text, "it");
  return std::holds_alternative<Problem>(result) ? std::get<Problem>(result).text : "fine";
}

template <class Kind>
Kind value(const Shape& shape, std::string_view text) {
  const auto result = read_value(shape, text, "it");
  EXPECT_TRUE(std::holds_alternative<Value>(result)) << text;
  return std::get<Kind>(std::get<Value>(result));
}

TEST(ReadValue, Booleans) {
  const Shape shape{.type = Type::boolean};
  EXPECT_TRUE(value<bool>(shape, "true"));
  EXPECT_FALSE(value<bool>(shape, "false"));
  for (const char* text : {"", "yes", "True", "1", "on"})
    EXPECT_EQ(problem(shape, text), "it is neither true nor false");
}

TEST(ReadValue, WholeNumbers) {
  const Shape shape{.type = Type::integer, .lowest = "-2", .highest = "10"};
  EXPECT_EQ(value<std::int64_t>(shape, "-2"), -2);
  EXPECT_EQ(value<std::int64_t>(shape, "10"), 10);
  for (const char* text : {"", "1.5", "1e3", "0x1", "+1", " 1", "1 ", "ten", "1_0", "--1"})
    EXPECT_EQ(problem(shape, text), "it is not a whole number") << text;
  for (const char* text : {"-3", "11", "99999999999999999999", "-99999999999999999999"})
    EXPECT_EQ(problem(shape, text), "it is out of bounds: at least -2, at most 10") << text;
}

TEST(ReadValue, Numbers) {
  const Shape shape{.type = Type::number, .lowest = "0", .highest = "0.5"};
  EXPECT_DOUBLE_EQ(value<double>(shape, "0"), 0);
  EXPECT_DOUBLE_EQ(value<double>(shape, "0.5"), 0.5);
  EXPECT_DOUBLE_EQ(value<double>(shape, "1e-1"), 0.1);
  for (const char* text : {"", "nan", "inf", "-inf", "0,1", "10%", "0.1.2", " 0"})
    EXPECT_EQ(problem(shape, text), "it is not a number") << text;
  for (const char* text : {"-0.001", "0.51", "1e999"})
    EXPECT_EQ(problem(shape, text), "it is out of bounds: at least 0, at most 0.5") << text;
}

TEST(ReadValue, Durations) {
  const Shape shape{.type = Type::duration, .lowest = "100ms", .highest = "1h"};
  EXPECT_EQ(value<Milliseconds>(shape, "100ms"), Milliseconds{100});
  EXPECT_EQ(value<Milliseconds>(shape, "60m"), Milliseconds{3'600'000});
  EXPECT_EQ(problem(shape, "99ms"), "it is out of bounds: at least 100ms, at most 1h");
  EXPECT_EQ(problem(shape, "1h1ms"), "it is out of bounds: at least 100ms, at most 1h");
  EXPECT_EQ(problem(shape, "30"),
            "it is not a duration; write numbers with units, such as 500ms, 30s, 5m, 2h, 7d or 1h30m");
}

TEST(ReadValue, Words) {
  const Shape shape{.type = Type::word, .words = kWords};
  EXPECT_EQ(value<Word>(shape, "cn").index, 0U);
  EXPECT_EQ(value<Word>(shape, "intl").index, 1U);
  EXPECT_EQ(problem(shape, "europe"), "it is not one of cn, intl");
  EXPECT_EQ(problem(shape, "int"), "it is not one of cn, intl; did you mean 'intl'?");
}

TEST(ReadValue, ATextMayBeOneOfAFewWordsOnly) {
  const Shape shape{.words = kWords};
  EXPECT_EQ(value<std::string>(shape, "intl"), "intl");
  EXPECT_EQ(problem(shape, "int"), "it is not one of cn, intl; did you mean 'intl'?");
  EXPECT_EQ(problem(shape, ""), "is empty; write a value, or leave the key out");
}

TEST(ReadValue, TextsAreCheckedByTheRuleOfTheirKey) {
  const Shape shape{.check = [](std::string_view text) -> std::optional<Problem> {
    return text == "bad" ? std::optional{Problem{"is bad"}} : std::nullopt;
  }};
  EXPECT_EQ(value<std::string>(shape, "good"), "good");
  EXPECT_EQ(problem(shape, "bad"), "it is bad");
}

TEST(ReadValue, TextsAreNeverEmptyBrokenOrOfSeveralLines) {
  for (const Type type : {Type::text, Type::secret, Type::texts}) {
    EXPECT_EQ(problem({.type = type}, ""), "is empty; write a value, or leave the key out");
    EXPECT_EQ(problem({.type = type}, "\xFF"), "it is not UTF-8");
    EXPECT_EQ(problem({.type = type}, "a\nb"), "it holds a control character or a line end");
  }
}

TEST(ReadValue, SecretsBecomeSecrets) {
  EXPECT_EQ(value<Secret>({.type = Type::secret}, "hunter2").reveal(), "hunter2");
}

TEST(CheckCount, BoundsTheLengthOfAList) {
  const Shape shape{.type = Type::texts, .lowest = "1", .highest = "2"};
  EXPECT_EQ(check_count(shape, 1), std::nullopt);
  EXPECT_EQ(check_count(shape, 2), std::nullopt);
  EXPECT_EQ(check_count(shape, 0), Problem{"has 0 elements: at least 1, at most 2"});
  EXPECT_EQ(check_count(shape, 3), Problem{"has 3 elements: at least 1, at most 2"});
}

}  // namespace
}  // namespace sas::settings
