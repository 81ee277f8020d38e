// SPDX-License-Identifier: Apache-2.0
#include "settings/node_reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "settings/text.hpp"
#include "settings/wanted.hpp"

namespace sas::settings {
namespace {

constexpr std::size_t kMaxMistakes = 1000;  // an alias can repeat one mistake a million times

std::string joined(const std::string& section, std::string_view key) {
  return section.empty() ? printable(key) : fmt::format("{}.{}", section, printable(key));
}

std::string not_known(std::string_view key, const std::vector<Field>& known) {
  std::vector<std::string_view> names;
  names.reserve(known.size());
  for (const Field& field : known)
    names.push_back(field.name);
  if (const auto near = nearest(key, names)) return fmt::format("is not known here; did you mean {}?", *near);
  return fmt::format("is not known here; known are {}", listed(names));
}

}  // namespace

void NodeReader::fields(const Place& place, const std::vector<Field>& known, Unsupported unsupported) {
  entries(place, "a mapping of keys", [&](const std::string& key, Position at, const Place& here) {
    const auto field =
        std::find_if(known.begin(), known.end(), [&](const Field& each) { return each.name == key; });
    if (field == known.end()) {
      const std::string_view why = unsupported == nullptr ? std::string_view() : unsupported(key);
      tell(at, here.name, why.empty() ? not_known(key, known) : std::string(why));
    } else if (here.node.kind != Node::Kind::nothing) {
      given_[here.name] = here.node.at;
      field->read(here);
    }
  });
}

void NodeReader::entries(const Place& place, std::string_view wanted_mapping, const Entry& read) {
  if (place.node.kind == Node::Kind::nothing) return;
  if (place.node.kind != Node::Kind::map) {
    tell(place.node.at, place.name, wanted(wanted_mapping, place.node));
    return;
  }
  Seen seen;
  for (const settings::Entry& entry : place.node.entries) {
    if (!is_new_key(entry, place.name, seen)) continue;
    read(entry.key->text, entry.key->at, {*entry.value, joined(place.name, entry.key->text)});
  }
}

bool NodeReader::is_new_key(const settings::Entry& entry, const std::string& section, Seen& seen) {
  if (entry.key->kind != Node::Kind::scalar) {
    tell(entry.key->at, section, wanted("the name of a key", *entry.key));
    return false;
  }
  const auto [first, is_new] = seen.emplace(entry.key->text, entry.key->at);
  if (!is_new) {
    tell(entry.key->at, joined(section, entry.key->text),
         fmt::format("stands here twice, first in line {}; keep one of the two", first->second.line));
  }
  return is_new;
}

void NodeReader::items(const Place& place,
                       const std::function<void(const std::string& text, const Place& place)>& read) {
  if (place.node.kind != Node::Kind::list) {
    tell(place.node.at, place.name, wanted("a list such as [one, two]", place.node));
    return;
  }
  for (std::size_t index = 0; index < place.node.items.size(); ++index) {
    const Place here{*place.node.items[index], fmt::format("{}[{}]", place.name, index)};
    if (const auto given = text(here)) read(*given, here);
  }
}

std::optional<std::string> NodeReader::text(const Place& place) {
  if (place.node.kind == Node::Kind::scalar) return place.node.text;
  tell(place.node.at, place.name, wanted("a single value", place.node));
  return std::nullopt;
}

std::optional<Value> NodeReader::value(const Place& place, const Shape& shape) {
  const auto given = text(place);
  if (!given) return std::nullopt;
  auto read = read_value(shape, *given, in_quotes(*given));
  if (const auto* problem = std::get_if<Problem>(&read)) {
    tell(place.node.at, place.name, problem->text);
    return std::nullopt;
  }
  return std::get<Value>(std::move(read));
}

void NodeReader::tell(Position at, const std::string& name, std::string problem) {
  if (mistakes.size() < kMaxMistakes)
    mistakes.push_back({.at = at, .key = name, .problem = std::move(problem)});
}

std::optional<Position> NodeReader::given(std::string_view name) const {
  const auto found = given_.find(name);
  return found == given_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace sas::settings
