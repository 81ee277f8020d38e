// SPDX-License-Identifier: Apache-2.0
#include "settings/reference.hpp"

#include <filesystem>
#include <regex>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "settings/schema.hpp"
#include "settings/web_config.hpp"
#include "support/folders.hpp"
#include "unit/settings/yaml.hpp"

namespace sas::settings {
namespace {

using testing::HasSubstr;

const std::string kConfig = support::data_folder() + "/../../config";

TEST(Reference, TheCommittedFileIsFresh) {
  EXPECT_EQ(read_text(kConfig + "/reference.md"), reference())
      << "write it anew with: sas-operation-exporter --print-config-reference > config/reference.md";
}

TEST(Reference, EachKeyHasARowInItsSection) {
  const std::string text = reference();
  for (const Key& key : keys()) {
    const std::size_t section = text.find(fmt::format("## `{}`", section_of(key.path)));
    const std::size_t row =
        text.find(fmt::format("| `{}` |", leaf_of(key.path)), section == std::string::npos ? 0 : section);
    ASSERT_NE(row, std::string::npos) << key.path;
    EXPECT_THAT(text.substr(row, text.find('\n', row) - row), HasSubstr(std::string{key.sentence}));
  }
}

TEST(CommentedDefault, TheShippedFileIsFresh) {
  EXPECT_EQ(read_text(kConfig + "/sas-operation-exporter.yml"), commented_default())
      << "write it anew with: sas-operation-exporter --print-config-default > "
         "config/sas-operation-exporter.yml";
}

TEST(CommentedDefault, NamesEachKey) {
  const std::string text = commented_default();
  for (const Key& key : keys())
    EXPECT_THAT(text,
                HasSubstr(fmt::format("{}: ", leaf_of(key.path)).substr(0, leaf_of(key.path).size() + 1)));
}

TEST(CommentedDefault, OnlyATargetIsMissingInIt) {
  EXPECT_THAT(mistakes(commented_default()),
              testing::ElementsAre("f: targets: is missing; The accounts to watch."));
}

TEST(CommentedDefault, AddingATargetMakesItValid) {
  const std::string with_target = std::regex_replace(commented_default(), std::regex("targets:\n"),
                                                     "targets:\n  - {name: a, site: cn}\n");
  EXPECT_EQ(good(with_target), good(kTarget));
}

TEST(CommentedDefault, SaysWhatTheDefaultsSay) {
  const std::string bare = std::regex_replace(commented_default(), std::regex("#(?=[^ ])"), "");
  EXPECT_THAT(bare, HasSubstr("\n  interval: 30s\n"));  // so the # were in fact taken away
  EXPECT_EQ(good(bare), good("targets: [{name: production, site: cn}]\n"));
}

TEST(Examples, AreAllValid) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kConfig + "/examples")) {
    ++files;
    const std::string text = read_text(entry.path());
    if (entry.path().filename() == "web-config.yml") {
      EXPECT_TRUE(std::holds_alternative<WebConfig>(parse_web_config(text)));
      continue;
    }
    Variables variables;
    const std::regex reference_to_variable("\\$\\{([A-Z_]+)\\}");
    for (std::sregex_iterator found(text.begin(), text.end(), reference_to_variable), end; found != end;
         ++found)
      variables.emplace((*found)[1], "value");
    EXPECT_FALSE(good(text, variables).targets.empty()) << entry.path();
  }
  EXPECT_GE(files, 2U);
}

}  // namespace
}  // namespace sas::settings
