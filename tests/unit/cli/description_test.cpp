// SPDX-License-Identifier: Apache-2.0
#include "cli/description.hpp"

#include <algorithm>

#include <CLI/App.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/describe.hpp"

namespace sas::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Describe, EachKindOfFlag) {
  CLI::App app{"Does things.", "thing"};
  std::string file = "/etc/thing";
  std::vector<std::string> places;
  std::string pace;
  bool loud = false;
  app.add_option("-f,--file", file, "What to read")->type_name("FILE")->capture_default_str();
  app.add_option("--place", places, "Where")->type_name("HOST:PORT")->allow_extra_args(false);
  app.add_subcommand("go", "Goes")->add_option("--pace", pace, "How fast")->type_name("slow|fast");
  app.add_flag("--loud", loud, "Says more");

  const Description description = describe(app);
  EXPECT_EQ(description.program, "thing");
  EXPECT_EQ(description.sentence, "Does things.");
  ASSERT_EQ(description.flags.size(), 4U);
  EXPECT_THAT(description.flags[0].names, ElementsAre("-h", "--help"));
  EXPECT_EQ(description.flags[0].value, "");
  const Flag& read = description.flags[1];
  EXPECT_THAT(read.names, ElementsAre("-f", "--file"));
  EXPECT_EQ(read.name(), "--file");
  EXPECT_EQ(read.value, "FILE");
  EXPECT_EQ(read.standard, "/etc/thing");
  EXPECT_EQ(read.sentence, "What to read");
  EXPECT_TRUE(read.takes_file());
  EXPECT_FALSE(read.is_repeatable);
  EXPECT_THAT(read.words, IsEmpty());
  const Flag& where = description.flags[2];
  EXPECT_TRUE(where.is_repeatable);
  EXPECT_FALSE(where.takes_file());
  EXPECT_EQ(where.standard, "");
  EXPECT_EQ(description.flags[3].value, "");
  EXPECT_FALSE(description.flags[3].is_repeatable);

  ASSERT_EQ(description.commands.size(), 1U);
  EXPECT_EQ(description.commands[0].name, "go");
  EXPECT_EQ(description.commands[0].sentence, "Goes");
  ASSERT_EQ(description.commands[0].flags.size(), 1U);  // help goes with every command
  EXPECT_THAT(description.commands[0].flags[0].words, ElementsAre("slow", "fast"));
}

const Flag* find(const std::vector<Flag>& flags, std::string_view name) {
  const auto found = std::ranges::find(flags, name, [](const Flag& flag) { return flag.name(); });
  return found == flags.end() ? nullptr : &*found;
}

TEST(Description, KnowsTheWordsThatSomeValuesMayBe) {
  const Description program = description();
  EXPECT_THAT(find(program.flags, "--log.level")->words, ElementsAre("debug", "info", "warn", "error"));
  EXPECT_THAT(find(program.flags, "--log.format")->words, ElementsAre("logfmt", "json"));
  const auto formats_of = [&](std::string_view name) {
    const auto command = std::ranges::find(program.commands, name, &Command::name);
    return find(command->flags, "--format")->words;
  };
  EXPECT_THAT(formats_of("once"), ElementsAre("table", "json", "openmetrics", "textfile"));
  EXPECT_THAT(formats_of("doctor"), ElementsAre("table", "json"));
}

TEST(Description, EachWordIsTaken) {
  const Description program = description();
  const auto is_taken = [](const std::vector<std::string>& words) {
    return std::holds_alternative<Arguments>(parse_arguments(words));
  };
  for (const Flag& flag : program.flags)
    for (const std::string& word : flag.words)
      EXPECT_TRUE(is_taken({flag.name() + "=" + word})) << flag.name() << ' ' << word;
  for (const Command& command : program.commands)
    for (const Flag& flag : command.flags)
      for (const std::string& word : flag.words)
        EXPECT_TRUE(is_taken({command.name, flag.name() + "=" + word, "--output=a.prom"}) ||
                    is_taken({command.name, flag.name() + "=" + word}))
            << flag.name() << ' ' << word;
}

TEST(Description, CallsTheValueOfAFlagForAFileAFile) {
  for (const Flag& flag : description().flags) {
    EXPECT_EQ(flag.takes_file(), flag.name().ends_with(".file")) << flag.name();
  }
}

TEST(Description, HasASentenceForEverything) {
  const Description program = description();
  EXPECT_FALSE(program.commands.empty());
  for (const Flag& flag : program.flags)
    EXPECT_FALSE(flag.sentence.empty()) << flag.name();
  for (const Command& command : program.commands)
    EXPECT_FALSE(command.sentence.empty()) << command.name;
}

}  // namespace
}  // namespace sas::cli
