// SPDX-License-Identifier: Apache-2.0
#include "settings/expand.hpp"

#include <gtest/gtest.h>

#include "unit/settings/yaml.hpp"

namespace sas::settings {
namespace {

const Environment kEnvironment = environment({{"USER_1", "ada"}, {"EMPTY", ""}, {"NESTED", "${USER_1}$$"}});

Expanded expanded(std::string_view text) {
  const auto result = expand(text, kEnvironment);
  EXPECT_TRUE(std::holds_alternative<Expanded>(result)) << text;
  return std::holds_alternative<Expanded>(result) ? std::get<Expanded>(result) : Expanded{};
}

std::string problem(std::string_view text) {
  const auto result = expand(text, kEnvironment);
  return std::holds_alternative<Problem>(result) ? std::get<Problem>(result).text : "no problem";
}

TEST(Expand, VariablesAreReplacedWhereverTheyStand) {
  EXPECT_EQ(expanded("${USER_1}").text, "ada");
  EXPECT_EQ(expanded("a ${USER_1}-${USER_1} z").text, "a ada-ada z");
  EXPECT_EQ(expanded("[${EMPTY}]").text, "[]");
}

TEST(Expand, WhereATextComesFromIsRemembered) {
  EXPECT_TRUE(expanded("x${EMPTY}").from_environment);
  EXPECT_FALSE(expanded("x$$").from_environment);
}

TEST(Expand, TwoDollarsAreOneAndOthersStay) {
  EXPECT_EQ(expanded("$${USER_1}").text, "${USER_1}");
  EXPECT_EQ(expanded("$$$$").text, "$$");
  EXPECT_EQ(expanded("a$b $").text, "a$b $");
  EXPECT_EQ(expanded("$USER_1").text, "$USER_1");
}

TEST(Expand, WhatWasPutInIsNotLookedAtAgain) {
  EXPECT_EQ(expanded("${NESTED}").text, "${USER_1}$$");
}

TEST(Expand, AnUnsetVariableIsNamed) {
  EXPECT_EQ(problem("x${MISSING}"), "the environment variable MISSING is not set");
}

TEST(Expand, BracesWithoutANameOrAnEndAreProblems) {
  EXPECT_EQ(problem("${USER_1"), "holds ${ without a closing }; write $$ for a dollar sign");
  for (const char* text : {"${}", "${1A}", "${a b}", "${a:-b}", "${${USER_1}}"}) {
    EXPECT_EQ(problem(text),
              "holds ${} without the name of a variable (letters, digits, _); write $$ for a dollar sign")
        << text;
  }
}

}  // namespace
}  // namespace sas::settings
