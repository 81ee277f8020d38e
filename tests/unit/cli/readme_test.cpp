// SPDX-License-Identifier: Apache-2.0
// The README's tables against what the program says of itself. Its table of metrics is
// end_to_end/exposition_test's.
#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/description.hpp"
#include "policy/alert.hpp"
#include "settings/parse.hpp"
#include "settings/schema.hpp"
#include "support/folders.hpp"

namespace sas::cli {
namespace {

using testing::HasSubstr;

std::string readme() {
  std::ifstream file(support::data_folder() + "/../../README.md", std::ios::binary);
  EXPECT_TRUE(file);
  return (std::ostringstream{} << file.rdbuf()).str();
}

/// What stands below a heading, up to the next one.
std::string below(const std::string& heading) {
  const std::string text = readme();
  const std::size_t start = text.find('\n' + heading + '\n');
  EXPECT_NE(start, std::string::npos) << heading;
  return text.substr(start, text.find("\n#", start + heading.size()) - start);
}

struct Row {
  std::string first;
  std::string rest;
};

/// The rows of a table by the heading of its first column.
std::vector<Row> table(const std::string& text, const std::string& head) {
  const std::size_t start = text.find(fmt::format("\n| {} |", head));
  EXPECT_NE(start, std::string::npos) << head;
  std::istringstream lines{text.substr(start + 1)};
  std::vector<Row> rows;
  std::string line;
  for (int number = 0; std::getline(lines, line) && line.starts_with("| "); ++number) {
    const std::size_t bar = line.find(" | ");
    if (number > 0) rows.push_back({.first = line.substr(2, bar - 2), .rest = line.substr(bar + 3)});
    if (number == 0) std::getline(lines, line);  // |---|---|
  }
  EXPECT_FALSE(rows.empty()) << head;
  return rows;
}

/// What stands between backticks.
std::vector<std::string> literals(const std::string& text) {
  const std::regex literal("`([^`]+)`");
  return {std::sregex_token_iterator(text.begin(), text.end(), literal, 1), std::sregex_token_iterator()};
}

std::string as_written(const Flag& flag) {
  return flag.value.empty() ? flag.name() : fmt::format("{}={}", flag.name(), flag.value);
}

/// Each flag of the table, with the row that it stands in.
std::map<std::string, std::string> documented_flags() {
  std::map<std::string, std::string> flags;
  for (const Row& row : table(below("### Commands and flags"), "flag"))
    for (const std::string& literal : literals(row.first)) {
      const std::string flag = std::regex_replace(literal, std::regex(R"(\\\|)"), "|");  // as tables want it
      EXPECT_TRUE(flags.emplace(flag, row.rest).second) << flag << " stands there twice";
    }
  return flags;
}

TEST(Readme, HasEachFlagWithTheNameOfItsValueAndNoOther) {
  std::vector<std::string> real;
  for (const Flag& flag : description().flags)
    real.push_back(as_written(flag));
  std::vector<std::string> documented;
  for (const auto& [flag, row] : documented_flags())
    documented.push_back(flag);
  EXPECT_THAT(documented, testing::UnorderedElementsAreArray(real));
}

TEST(Readme, TellsTheDefaultOfEachFlagAndWhichMayComeOften) {
  const auto documented = documented_flags();
  for (const Flag& flag : description().flags) {
    const auto row = documented.find(as_written(flag));
    if (row == documented.end()) continue;  // told above
    if (!flag.standard.empty()) {
      EXPECT_THAT(row->second, HasSubstr('`' + flag.standard + '`')) << flag.name();
    }
    EXPECT_EQ(row->second.find("repeatable") != std::string::npos, flag.is_repeatable) << flag.name();
  }
}

TEST(Readme, HasEachCommandWithItsOwnFlags) {
  std::map<std::string, std::string> rows;
  for (const Row& row : table(below("### Commands and flags"), "command"))
    rows.emplace(row.first, row.rest);
  const Description program = description();
  EXPECT_EQ(rows.size(), program.commands.size());
  for (const Command& command : program.commands) {
    ASSERT_TRUE(rows.contains('`' + command.name + '`')) << command.name;
    const std::string& row = rows.at('`' + command.name + '`');
    for (const Flag& flag : command.flags) {
      EXPECT_THAT(row, HasSubstr('`' + flag.name() + '=')) << command.name;
      for (const std::string& word : flag.words)
        EXPECT_THAT(row, testing::ContainsRegex("`([^`]*=)?" + word + "`")) << command.name;
    }
  }
}

TEST(Readme, HasTheExitCodesInTheWordsOfTheHelp) {
  const std::string line = std::regex_replace(below("### Commands and flags"), std::regex("\\s+"), " ");
  const std::string bare = std::regex_replace(line, std::regex(" \\([^)]*\\)"), "");
  std::string codes;
  for (const ExitCode& each : kExitCodes)
    codes += fmt::format("{} {} {}", codes.empty() ? "" : ",", each.code, each.sentence);
  EXPECT_THAT(bare, HasSubstr(fmt::format(" Exit codes:{}.", codes)));
}

TEST(Readme, HasEachAlertWithItsNameAndSeverity) {
  std::vector<std::string> real;
  for (const policy::Alert alert : policy::kAlerts)
    real.push_back(
        fmt::format("`{}` | {}, {}", to_string(alert), alertname(alert), to_string(severity(alert))));
  std::vector<std::string> documented;
  for (const Row& row : table(below("## Alerts"), "alert"))
    documented.push_back(fmt::format("{} | {}", row.first, row.rest.substr(0, row.rest.find(" | "))));
  EXPECT_THAT(documented, testing::UnorderedElementsAreArray(real));
}

std::string configuration() {
  const std::string text = below("## Configuration");
  const std::string fence = "```yaml\n";
  const std::size_t start = text.find(fence) + fence.size();
  return text.substr(start, text.find("```", start) - start);
}

settings::Settings read(const std::string& yaml) {
  const auto parsed = settings::parse(yaml, [](std::string_view) { return std::nullopt; });
  if (const auto* mistakes = std::get_if<std::vector<settings::Mistake>>(&parsed)) {
    for (const settings::Mistake& mistake : *mistakes)
      ADD_FAILURE() << to_string(mistake, "README.md");
    return {};
  }
  return std::get<settings::Settings>(parsed);
}

TEST(Readme, ShowsTheDefaultsInItsConfiguration) {
  EXPECT_EQ(read(configuration()), read("targets: [{name: production, site: cn}]"));
}

TEST(Readme, NamesEachKeyInItsConfiguration) {
  std::set<std::string_view> left_to_the_reference{"targets[].credentials", "alerts.expect[]",
                                                   "alerts.silence[]", "alerts.sinks[]"};
  const std::string yaml = configuration();
  for (const settings::Key& key : settings::keys()) {
    if (left_to_the_reference.contains(settings::section_of(key.path))) continue;
    const std::string name{settings::leaf_of(key.path)};
    EXPECT_TRUE(std::regex_search(yaml, std::regex("(^|[\\n {])" + name + ":"))) << key.path;
  }
  EXPECT_THAT(yaml, HasSubstr("credentials: "));
}

}  // namespace
}  // namespace sas::cli
