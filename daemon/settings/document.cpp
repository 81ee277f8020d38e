// SPDX-License-Identifier: Apache-2.0
#include "settings/document.hpp"

#include <algorithm>
#include <array>
#include <istream>
#include <optional>
#include <streambuf>

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "settings/text.hpp"
#include "settings/tree_builder.hpp"

namespace sas::settings {
namespace {

/// Reads a text in place, so that no copy of a secret in it is left behind by us.
class View final : public std::streambuf {
 public:
  explicit View(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // setg wants it so; nothing is ever put back differently
    setg(begin, begin, begin + text.size());
  }
};

Position position(std::string_view yaml, std::size_t offset) {
  const std::string_view before = yaml.substr(0, offset);
  const std::size_t line_end = before.rfind('\n');
  const std::size_t line_start = line_end == std::string_view::npos ? 0 : line_end + 1;
  return {.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
          .column = 1 + static_cast<int>(offset - line_start)};
}

Mistake mistake(Position at, std::string problem) {
  return {.at = at, .key = {}, .problem = std::move(problem)};
}

/// What yaml-cpp would pass over in silence: it ends at a 0x04, and mends broken UTF-8.
std::optional<Mistake> check_bytes(std::string_view yaml) {
  if (yaml.size() > kMaxFileSize) {
    return mistake({}, fmt::format("is {} bytes long; at most {} are read", yaml.size(), kMaxFileSize));
  }
  const auto is_control = [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
  };
  if (const auto malformed = find_malformed_utf8(yaml)) {
    return mistake(position(yaml, *malformed), "is not UTF-8 from here on; save the file as UTF-8");
  }
  const auto control = std::find_if(yaml.begin(), yaml.end(), is_control);
  if (control == yaml.end()) return std::nullopt;
  const auto offset = static_cast<std::size_t>(control - yaml.begin());
  return mistake(position(yaml, offset),
                 fmt::format("holds a control character (0x{:02x}); remove it, and save the "
                             "file as UTF-8",
                             static_cast<unsigned>(*control)));
}

/// The first tab that indents, in a line up to the given one: the usual reason why YAML cannot be read.
std::optional<Position> find_indenting_tab(std::string_view yaml, int last_line) {
  for (int line = 1; line <= last_line && !yaml.empty(); ++line) {
    const std::size_t end = std::min(yaml.find('\n'), yaml.size());
    const std::size_t indent = std::min(yaml.find_first_not_of(" \t\r"), end);
    const std::size_t tab = yaml.substr(0, indent).find('\t');
    if (tab != std::string_view::npos && indent < end && yaml[indent] != '#') {
      return Position{.line = line, .column = static_cast<int>(tab) + 1};
    }
    yaml.remove_prefix(std::min(end + 1, yaml.size()));
  }
  return std::nullopt;
}

constexpr std::string_view kTab = "a tab indents this line; use spaces";

struct Rewording {
  std::string_view theirs;
  std::string_view ours;
};

// What people meet most. The part after a colon of theirs may hold text of the file, so it is never shown.
constexpr std::array<Rewording, 8> kRewordings{{
    {"illegal map value",
     "a key cannot stand here; check the indentation, and quote a value that holds ': '"},
    {"illegal tab when looking for indentation", kTab},
    {"end of map not found", "this line does not go on the mapping above it; check the indentation"},
    {"end of sequence not found", "this line does not go on the list above it; check the indentation"},
    {"end of map flow not found", "a closing } is missing before here"},
    {"end of sequence flow not found", "a closing ] is missing before here"},
    {"illegal EOF in scalar", "the file ends within quotes; close them"},
    {"the referenced anchor is not defined",
     "no &anchor above has the name of this alias; quote a value that begins "
     "with *"},
}};

std::string reworded(std::string_view theirs) {
  const std::string_view gist = theirs.substr(0, theirs.find(':'));
  const auto* found = std::find_if(kRewordings.begin(), kRewordings.end(),
                                   [gist](const Rewording& candidate) { return candidate.theirs == gist; });
  return fmt::format("is not valid YAML: {}", found == kRewordings.end() ? gist : found->ours);
}

Mistake syntax_mistake(std::string_view yaml, const YAML::Exception& exception) {
  const Position at{.line = exception.mark.line + 1, .column = exception.mark.column + 1};
  if (const auto tab = find_indenting_tab(yaml, at.line)) {
    return mistake(*tab, fmt::format("is not valid YAML: {}", kTab));
  }
  return mistake(at, reworded(exception.msg));
}

}  // namespace

std::variant<Document, Mistake> load(std::string_view yaml) {
  if (auto wrong = check_bytes(yaml)) return *wrong;
  TreeBuilder builder;
  try {
    View view{yaml};
    std::istream in{&view};
    YAML::Parser parser{in};
    while (!builder.refusal() && parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::Exception& exception) {
    if (!builder.refusal()) return syntax_mistake(yaml, exception);
  }
  if (builder.refusal()) return *builder.refusal();
  return builder.take();
}

}  // namespace sas::settings
