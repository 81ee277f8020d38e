// SPDX-License-Identifier: Apache-2.0
#include "manual/roff.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace sas::manual {
namespace {

TEST(Roff, EscapesWhatItWouldTakeForItsOwn) {
  EXPECT_EQ(escaped("--log.level \\n ~/a^b"), "\\-\\-log.level \\en \\(ti/a\\(hab");
  EXPECT_EQ(bold("a-b"), "\\fBa\\-b\\fR");
  EXPECT_EQ(italic("FILE"), "\\fIFILE\\fR");
}

TEST(Roff, ProseBeginsNoLineWithAnInstruction) {
  EXPECT_EQ(prose(".XX is no macro"), "\\&.XX is no macro\n");
  EXPECT_EQ(prose("'quoted'"), "\\&'quoted'\n");
  EXPECT_EQ(example(".a\n  'b"), ".PP\n.RS 4\n.nf\n\\&.a\n  'b\n.fi\n.RE\n");
}

TEST(Roff, EachSentenceStandsOnItsOwnShortLines) {
  EXPECT_EQ(prose("One. Two\nmore: three."), "One.\nTwo more: three.\n");
  EXPECT_EQ(prose(""), "");
  std::string text;
  for (int word = 0; word < 100; ++word)
    text += "word-" + std::to_string(word) + ' ';
  const std::string lines = prose(text);
  std::size_t longest = 0;
  for (std::size_t start = 0; start < lines.size(); start = lines.find('\n', start) + 1)
    longest = std::max(longest, lines.find('\n', start) - start);
  EXPECT_LE(longest, 80U);
  EXPECT_GT(longest, 60U);
  EXPECT_NE(lines.find("word\\-99"), std::string::npos);
}

TEST(Roff, BackticksAreBold) {
  EXPECT_EQ(prose("see `a-b c` there"), "see \\fBa\\-b c\\fR there\n");
}

}  // namespace
}  // namespace sas::manual
