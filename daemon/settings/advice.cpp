// SPDX-License-Identifier: Apache-2.0
#include "settings/advice.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "settings/schema.hpp"
#include "settings/text.hpp"

namespace sas::settings {
namespace {

/// The name of a path's first step below a section; empty where it is not below it.
std::string_view step_below(std::string_view path, std::string_view section) {
  if (!section.empty()) {
    if (!path.starts_with(section) || path.size() <= section.size() || path[section.size()] != '.') return {};
    path.remove_prefix(section.size() + 1);
  }
  return path.substr(0, path.find_first_of(".["));
}

std::vector<std::string_view> known_below(std::string_view section) {
  std::vector<std::string_view> names;
  for (const Key& key : keys()) {
    const std::string_view name = step_below(key.path, section);
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

/// Sections that have a key of this name.
std::vector<std::string_view> homes_of(std::string_view leaf) {
  std::vector<std::string_view> homes;
  for (const Key& key : keys()) {
    if (leaf_of(key.path) == leaf && !section_of(key.path).empty()) homes.push_back(section_of(key.path));
  }
  return homes;
}

bool is_path(std::string_view text) {
  const auto all = keys();
  return std::any_of(all.begin(), all.end(),
                     [text](const Key& key) { return key.path == text && !section_of(text).empty(); });
}

bool comes_later(std::string_view section, std::string_view leaf) {
  const std::string path = section.empty() ? std::string{leaf} : fmt::format("{}.{}", section, leaf);
  const auto later = later_keys();
  return std::find(later.begin(), later.end(), path) != later.end();
}

}  // namespace

std::string unknown_key(std::string_view section, std::string_view leaf) {
  if (comes_later(section, leaf)) return "is not supported by this version";
  if (is_path(leaf)) {
    return fmt::format("is written on two levels: {}: below {}:", leaf_of(leaf), section_of(leaf));
  }
  const std::vector<std::string_view> known = known_below(section);
  if (const auto near = nearest(leaf, known))
    return fmt::format("is not known here; did you mean {}?", *near);
  const std::vector<std::string_view> homes = homes_of(leaf);
  if (!homes.empty()) return fmt::format("is not known here; it belongs under {}", fmt::join(homes, " or "));
  return fmt::format("is not known here; known are {}", listed(known));
}

}  // namespace sas::settings
