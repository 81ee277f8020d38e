// SPDX-License-Identifier: Apache-2.0
#include "tasks/label_text.hpp"

#include <gtest/gtest.h>

namespace sas::tasks {
namespace {

std::string label(std::string_view value) {
  std::string text;
  append_label(text, "task_id", value);
  return text;
}

TEST(LabelText, EscapesBackslashQuoteAndLineFeed) {
  EXPECT_EQ(label("a\\b\"c\nd"), R"(task_id="a\\b\"c\nd")");
}

TEST(LabelText, LeavesUtf8AsItIs) {
  EXPECT_EQ(label("检查 é 🙂"), "task_id=\"检查 é 🙂\"");
}

TEST(LabelText, ReplacesWhatIsNotUtf8ByteByByte) {
  const std::string bad = "\xEF\xBF\xBD";
  EXPECT_EQ(label("a\xFFz"), "task_id=\"a" + bad + "z\"");
  EXPECT_EQ(label("\xC0\x80"), "task_id=\"" + bad + bad + "\"");                      // overlong
  EXPECT_EQ(label("\xED\xA0\x80"), "task_id=\"" + bad + bad + bad + "\"");            // surrogate
  EXPECT_EQ(label("\xF4\x90\x80\x80"), "task_id=\"" + bad + bad + bad + bad + "\"");  // beyond U+10FFFF
  EXPECT_EQ(label("\xE6\xA3"), "task_id=\"" + bad + bad + "\"");                      // cut short
}

TEST(LabelText, AnEmptyValueIsALabelStill) {
  EXPECT_EQ(label(""), "task_id=\"\"");
}

}  // namespace
}  // namespace sas::tasks
