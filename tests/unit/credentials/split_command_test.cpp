// SPDX-License-Identifier: Apache-2.0
#include "credentials/split_command.hpp"

#include <gmock/gmock.h>

namespace sas::credentials {
namespace {

using testing::HasSubstr;
using Words = std::vector<std::string>;

TEST(SplitCommand, WordsStandApartByBlanks) {
  EXPECT_EQ(*split_command("  get-key --for  me\t-v\n"), (Words{"get-key", "--for", "me", "-v"}));
}

TEST(SplitCommand, QuotesKeepBlanksAndAreNotPartOfTheWord) {
  EXPECT_EQ(*split_command(R"(a 'b c' "d e"f g'h'"i" '' "")"), (Words{"a", "b c", "d ef", "ghi", "", ""}));
  EXPECT_EQ(*split_command(R"('a"b' "c'd")"), (Words{"a\"b", "c'd"}));
}

TEST(SplitCommand, ABackslashKeepsWhatComesNext) {
  EXPECT_EQ(*split_command(R"(a\ b \"c \\d)"), (Words{"a b", "\"c", "\\d"}));
  EXPECT_EQ(*split_command(R"("a\"b\\c\d" 'e\f')"), (Words{R"(a"b\c\d)", R"(e\f)"}));
}

TEST(SplitCommand, NothingIsExpanded) {
  EXPECT_EQ(*split_command("echo $HOME `id` * | cat; ~"),
            (Words{"echo", "$HOME", "`id`", "*", "|", "cat;", "~"}));
}

TEST(SplitCommand, WhatIsWrongIsNamedWithoutTheCommand) {
  EXPECT_THAT(split_command("a 'hunter2").error().message, HasSubstr("a quote that does not close"));
  EXPECT_THAT(split_command("a \"hunter2").error().message, testing::Not(HasSubstr("hunter2")));
  EXPECT_THAT(split_command(" \t").error().message, HasSubstr("empty"));
}

}  // namespace
}  // namespace sas::credentials
