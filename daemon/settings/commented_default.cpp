// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "settings/reference.hpp"
#include "settings/schema.hpp"
#include "settings/text.hpp"

namespace sas::settings {
namespace {

constexpr std::string_view kHead =
    R"(# yaml-language-server: $schema=/usr/share/sas-operation-exporter/sas-operation-exporter.schema.json
# Configuration of sas-operation-exporter. Each key stands here with its default; take the # away to change it.
# `sas-operation-exporter check-config` tells everything that is wrong with this file, and what would be right.
# ${NAME} in a value becomes the environment variable NAME; $$ is a dollar sign. Durations: 500ms 30s 5m 2h 7d.
)";
constexpr std::size_t kWidth = 118;

std::string wrapped(std::string_view text, const std::string& indent) {
  const std::string start = indent + "# ";
  std::string lines;
  std::string line = start;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, blank);
    if (line.size() + word.size() > kWidth) {
      lines += line.substr(0, line.size() - 1) + '\n';
      line = start;
    }
    line += fmt::format("{} ", word);
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return lines + line.substr(0, line.size() - 1) + '\n';
}

std::string remark(const Key& key) {
  std::string text{key.sentence};
  if (!key.shape.words.empty()) return text + fmt::format(" One of {}.", listed(key.shape.words));
  if (key.shape.lowest.empty() || key.shape.type == Type::texts) return text;
  return text + fmt::format(" From {} to {}.", key.shape.lowest, key.shape.highest);
}

/// How deep a path stands, two blanks a level; an element of a list stands beside its dash.
std::string indent_of(std::string_view path) {
  const auto count = [path](char c) {
    return static_cast<std::size_t>(std::count(path.begin(), path.end(), c));
  };
  return std::string(2 * (count('.') + count('[')), ' ');
}

/// A key with a default, or without which there is no target, can be uncommented; others are shown as a
/// remark.
std::string line_of(const Key& key, bool begins_item) {
  std::string indent = indent_of(key.path);
  // What goes with some types of credentials only would be a mistake beside the default one.
  const bool is_of_a_type =
      section_of(key.path) == "targets[].credentials" && key.path != "targets[].credentials.type";
  const bool is_live = (!key.default_text.empty() && !is_of_a_type) || key.path == "targets[].name" ||
                       key.path == "targets[].site";
  if (begins_item) indent.resize(indent.size() - 2);
  return fmt::format("{}#{}{}{}: {}\n", indent, begins_item ? "- " : "", is_live ? "" : " ",
                     leaf_of(key.path), key.default_text.empty() ? key.example : key.default_text);
}

/// The name of a section before its first key.
std::string heading(std::string_view section) {
  if (section.empty() || section == "targets[]") return {};
  const bool is_top = section.find('.') == std::string_view::npos;
  return fmt::format("{}{}{}{}:\n", is_top ? "\n" : "", indent_of(section), is_top ? "" : "#",
                     leaf_of(section));
}

/// The elements of a list that has a default are not written out below it.
bool is_told_with_list(const Key& key) {
  return !key.path.starts_with("targets") && key.path.find('[') != std::string_view::npos;
}

/// What may stand in the elements of such a list.
std::string elements_of(const Key& list) {
  const std::string section = fmt::format("{}[]", list.path);
  std::string text = wrapped("Of each element:", indent_of(list.path));
  for (const Key& key : keys()) {
    if (section_of(key.path) != section) continue;
    const std::string standard =
        key.default_text.empty() ? "" : fmt::format(" {} without it.", key.default_text);
    text +=
        wrapped(fmt::format("- {}: {}{}", leaf_of(key.path), remark(key), standard), indent_of(list.path));
  }
  return text;
}

}  // namespace

std::string commented_default() {
  std::string text{kHead};
  std::string_view section;
  for (const Key& key : keys()) {
    if (is_told_with_list(key)) continue;
    if (key.path == "targets") {
      text += fmt::format("\n{}targets:\n", wrapped(key.sentence, ""));
      continue;
    }
    const std::string_view here = section_of(key.path);
    const bool begins_item = here == "targets[]" && section != here;
    if (section != here) text += heading(here);
    section = here;
    text += wrapped(remark(key), indent_of(key.path)) + line_of(key, begins_item);
    if (key.shape.type == Type::items) text += elements_of(key);
  }
  return text;
}

}  // namespace sas::settings
