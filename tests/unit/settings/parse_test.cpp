// SPDX-License-Identifier: Apache-2.0
#include "settings/parse.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/schema.hpp"
#include "support/folders.hpp"
#include "unit/settings/yaml.hpp"

namespace sas::settings {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kSecret = "hunter2";

TEST(Parse, EachFileNamedByItsMistakesIsToldAllOfThem) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(support::data_folder() + "/settings")) {
    if (entry.path().extension() != ".yml") continue;
    ++files;
    std::string told;
    const auto parsed = parse(read_text(entry.path()), environment());
    ASSERT_TRUE(std::holds_alternative<std::vector<Mistake>>(parsed)) << entry.path();
    for (const Mistake& mistake : std::get<std::vector<Mistake>>(parsed))
      told += to_string(mistake, entry.path().filename().string()) + '\n';
    EXPECT_EQ(told, read_text(std::filesystem::path{entry.path()}.replace_extension(".txt")));
  }
  EXPECT_GT(files, 20U);
}

TEST(Parse, MistakesComeInTheOrderOfTheirLines) {
  const auto parsed = parse("zoo: 1\ntargets: [{site: x}]\npoll: {interval: 1x}\nape: 1\n", environment());
  const auto& found = std::get<std::vector<Mistake>>(parsed);
  EXPECT_EQ(found.size(), 5U);
  EXPECT_TRUE(
      std::is_sorted(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.at < b.at; }));
}

TEST(Parse, MillionsOfMistakesThroughAliasesAreCutShort) {
  std::string yaml = "targets:\n  - &a {name: a, site: cn, task_types: &t [";
  for (int i = 0; i < 100; ++i)
    yaml += "~,";
  yaml += "]}\n";
  for (int i = 1; i < 1000; ++i)
    yaml += "  - *a\n";
  const std::vector<std::string> found = mistakes(yaml);
  EXPECT_EQ(found.size(), 1001U);
  EXPECT_EQ(found.back(), "f: has 99999 more mistakes");  // 100 a target, and 999 names that are not unique
}

TEST(Parse, VariablesAreExpandedInValuesOfEveryType) {
  const Settings settings = good(
      "targets: [{name: 'a-${NAME}', site: '${SITE}', task_types: ['${TYPE}']}]\n"
      "poll: {interval: '${INTERVAL}', page_size: '${SIZE}'}\nmetrics: {task_series: '${OFF}'}\n",
      {{"NAME", "b"},
       {"SITE", "intl"},
       {"TYPE", "CHECK_ALL"},
       {"INTERVAL", "5s"},
       {"SIZE", "7"},
       {"OFF", "false"}});
  EXPECT_EQ(settings, good("targets: [{name: a-b, site: intl, task_types: [CHECK_ALL]}]\n"
                           "poll: {interval: 5s, page_size: 7}\nmetrics: {task_series: false}\n"));
}

TEST(Parse, KeysAreNotExpanded) {
  EXPECT_THAT(mistakes(kTarget + "${KEY}: 1\n", {{"KEY", "poll"}}),
              ElementsAre(HasSubstr("${KEY}: is not known here")));
}

TEST(Parse, ASecretThatHoldsADollarIsWrittenWithTwo) {
  const Settings settings = good(
      "targets: [{name: a, site: cn, credentials: {type: access_key, access_key_id: i, access_key_secret: "
      "'a$$b$c'}}]\n");
  EXPECT_EQ(settings.targets.front().credentials.access_key_secret.reveal(), "a$b$c");
}

TEST(Parse, SecretsComeFromTheEnvironmentAsTheyAre) {
  const Settings settings = good(
      "targets: [{name: a, site: cn, credentials: {type: access_key, access_key_id: i, access_key_secret: "
      "'${S}'}}]\n",
      {{"S", "a$$b$c"}});
  EXPECT_EQ(settings.targets.front().credentials.access_key_secret.reveal(), "a$$b$c");
}

/// A file that gives a key a value, wherever the key belongs.
std::string giving(const Key& key, std::string_view value) {
  const std::string_view leaf = leaf_of(key.path);
  const std::string_view section = section_of(key.path);
  if (section == "targets[]") return fmt::format("targets: [{{{}: {}}}]\n", leaf, value);
  if (section == "targets[].credentials") {
    return fmt::format("targets: [{{name: a, site: cn, credentials: {{{}: {}}}}}]\n", leaf, value);
  }
  if (section.starts_with("alerts.") && section.ends_with("[]")) {
    const std::string_view list = leaf_of(section.substr(0, section.size() - 2));
    return kTarget + fmt::format("alerts: {{{}: [{{{}: {}}}]}}\n", list, leaf, value);
  }
  if (section.empty()) return fmt::format("{}: {}\n", leaf, value);
  return kTarget + fmt::format("{}: {{{}: {}}}\n", section, leaf, value);
}

TEST(Parse, WhatTheEnvironmentHoldsIsNeverTold) {
  for (const Key& key : keys()) {
    for (const char* value :
         {"hunter2", "hunter2 (", "hunter2\n", "https://hunter2@host", "hunter2\xFF", "\"hunter2\""}) {
      const std::vector<std::string> found = mistakes(giving(key, "'x${SECRET}'"), {{"SECRET", value}});
      EXPECT_THAT(found, Each(Not(HasSubstr(kSecret)))) << key.path;
    }
    EXPECT_THAT(mistakes(giving(key, "['${SECRET}']"), {{"SECRET", "hunter2 ("}}),
                Each(Not(HasSubstr(kSecret))));
  }
}

TEST(Parse, TheValueOfASecretIsNeverTold) {
  for (const Key& key : keys()) {
    if (key.shape.type != Type::secret && !key.shape.is_hidden) continue;
    for (const char* value :
         {"hunter2", "'hunter2 '", "'<hunter2>'", "'hunter2${'", "'${hunter2 }'", "\"hunter2\\u0001\"",
          "[hunter2]", "{hunter2-x: 1}", "&hunter2 &hunter2 x", "*hunter2", "!hunter2 x", "@hunter2"}) {
      const std::vector<std::string> found = mistakes(giving(key, value));
      EXPECT_FALSE(found.empty()) << key.path << ' ' << value;
      EXPECT_THAT(found, Each(Not(HasSubstr(kSecret)))) << key.path << ' ' << value;
    }
  }
}

TEST(Mistake, IsOneLineWithWhatIsKnown) {
  EXPECT_EQ(to_string(Mistake{{3, 5}, "poll.interval", "is wrong"}, "a.yml"),
            "a.yml:3:5: poll.interval: is wrong");
  EXPECT_EQ(to_string(Mistake{{}, "targets", "is missing"}, "a.yml"), "a.yml: targets: is missing");
  EXPECT_EQ(to_string(Mistake{{}, "", "is empty"}, "a.yml"), "a.yml: is empty");
}

}  // namespace
}  // namespace sas::settings
