// SPDX-License-Identifier: Apache-2.0
#pragma once
// Short ways for tests of the settings: YAML in, settings or lines of mistakes out.

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "settings/parse.hpp"

namespace sas::settings {

using Variables = std::map<std::string, std::string, std::less<>>;

inline Environment environment(Variables variables = {}) {
  return [variables = std::move(variables)](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional{found->second};
  };
}

/// The mistakes as lines of a file named `f`, such as `f:1:2: key: problem`.
inline std::vector<std::string> mistakes(std::string_view yaml, const Variables& variables = {}) {
  const auto parsed = parse(yaml, environment(variables));
  std::vector<std::string> lines;
  if (const auto* found = std::get_if<std::vector<Mistake>>(&parsed)) {
    for (const Mistake& mistake : *found)
      lines.push_back(to_string(mistake, "f"));
  }
  return lines;
}

/// Fails the test, and gives empty settings, where there are mistakes.
inline Settings good(std::string_view yaml, const Variables& variables = {}) {
  for (const std::string& line : mistakes(yaml, variables))
    ADD_FAILURE() << line << " in:\n" << yaml;
  auto parsed = parse(yaml, environment(variables));
  return std::holds_alternative<Settings>(parsed) ? std::get<Settings>(std::move(parsed)) : Settings{};
}

inline std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return (std::ostringstream{} << file.rdbuf()).str();
}

/// A target without mistakes; what a test adds goes after it.
inline const std::string kTarget = "targets: [{name: a, site: cn}]\n";

}  // namespace sas::settings
