// SPDX-License-Identifier: Apache-2.0
#include "settings/reader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "settings/advice.hpp"
#include "settings/file_rules.hpp"
#include "settings/text.hpp"
#include "settings/wanted.hpp"

namespace sas::settings {
namespace {

constexpr std::size_t kMaxMistakes = 1000;  // an alias can repeat one mistake a million times

std::string joined(const std::string& prefix, std::string_view leaf) {
  return prefix.empty() ? std::string{leaf} : fmt::format("{}.{}", prefix, leaf);
}

const Key* find_key(std::string_view path) {
  const auto all = keys();
  const auto found =
      std::find_if(all.begin(), all.end(), [path](const Key& key) { return key.path == path; });
  return found == all.end() ? nullptr : &*found;
}

bool is_within(std::string_view path, std::string_view section) {
  return section.empty() || (path.size() > section.size() && path.starts_with(section) &&
                             (path[section.size()] == '.' || path[section.size()] == '['));
}

bool is_section(std::string_view path) {
  const auto all = keys();
  return std::any_of(all.begin(), all.end(), [path](const Key& key) { return is_within(key.path, path); });
}

}  // namespace

Reader::Reader(const Environment& environment) : environment_(environment) {}

std::variant<Settings, std::vector<Mistake>> Reader::read(const Document& document) && {
  set_defaults("");
  if (document.root == nullptr || document.root->kind == Node::Kind::nothing) {
    tell({}, "", "is empty; at least targets must stand in it, with a name and a site each");
    return std::move(mistakes_);
  }
  if (document.root->kind == Node::Kind::map) {
    read_map(*document.root, {});
    check_missing("", {}, "");
    check_file(draft_, filled({}, document.root->at, mistakes_.empty()));
  } else {
    tell(document.root->at, "", wanted("a mapping of keys such as targets: and poll:", *document.root));
  }
  if (mistakes_.empty()) return std::move(draft_.settings);
  std::stable_sort(mistakes_.begin(), mistakes_.end(),
                   [](const Mistake& left, const Mistake& right) { return left.at < right.at; });
  if (left_off_ > 0) mistakes_.push_back({{}, {}, fmt::format("has {} more mistakes", left_off_)});
  return std::move(mistakes_);
}

void Reader::read_map(const Node& map, const Place& place) {
  std::map<std::string_view, Position> seen;
  for (const Entry& entry : map.entries) {
    if (entry.key->kind != Node::Kind::scalar) {
      tell(entry.key->at, place.name, wanted("the name of a key", *entry.key));
      continue;
    }
    const auto [first, is_new] = seen.emplace(entry.key->text, entry.key->at);
    if (is_new) {
      read_entry(entry, place);
    } else {
      tell(entry.key->at, joined(place.name, printable(entry.key->text)),
           fmt::format("stands here twice, first in line {}; keep one of the two", first->second.line));
    }
  }
}

void Reader::read_entry(const Entry& entry, const Place& place) {
  const std::string& leaf = entry.key->text;
  const Place here{.path = joined(place.path, leaf), .name = joined(place.name, printable(leaf))};
  const bool is_plain = !leaf.empty() && leaf.find_first_of(".[") == std::string::npos;
  const Key* key = is_plain ? find_key(here.path) : nullptr;
  if (key != nullptr) {
    if (entry.value->kind == Node::Kind::nothing) return;  // as if it were not there
    given_[here.path] = entry.value->at;
    read_key(*key, *entry.value, here);
  } else if (is_plain && is_section(here.path)) {
    given_[here.path] = entry.value->at;
    if (entry.value->kind == Node::Kind::map) {
      read_map(*entry.value, here);
    } else if (entry.value->kind != Node::Kind::nothing) {
      tell(entry.value->at, here.name, wanted("a mapping of keys", *entry.value));
    }
  } else {
    tell(entry.key->at, here.name, unknown_key(place.path, leaf));
  }
}

void Reader::read_key(const Key& key, const Node& node, const Place& place) {
  if (key.shape.type == Type::items) {
    read_items(key, node, place);
  } else if (key.shape.type == Type::texts) {
    read_texts(key, node, place);
  } else if (auto value = read_scalar(key.shape, node, place)) {
    key.store(draft_, std::move(*value));
  }
}

void Reader::read_items(const Key& key, const Node& list, const Place& place) {
  if (list.kind != Node::Kind::list) {
    tell(list.at, place.name, wanted("a list of mappings", list));
    return;
  }
  if (const auto problem = check_count(key.shape, list.items.size())) {
    tell(list.at, place.name, problem->text);
    return;
  }
  const ItemList& kind = item_list(key.path);
  kind.clear(draft_, list.items.size());
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const Place here{.path = place.path + "[]", .name = fmt::format("{}[{}]", place.name, index)};
    read_item(kind, *list.items[index], here);
  }
}

void Reader::read_item(const ItemList& list, const Node& item, const Place& place) {
  if (item.kind != Node::Kind::map) {
    tell(item.at, place.name, wanted("a mapping of keys", item));
    return;
  }
  std::erase_if(given_, [&](const auto& given) { return is_within(given.first, place.path); });
  list.begin(draft_);
  const std::size_t told = mistakes_.size() + left_off_;
  set_defaults(place.path);
  read_map(item, place);
  check_missing(place.path, item.at, place.name);
  list.finish(draft_, filled(place, item.at, mistakes_.size() + left_off_ == told));
}

void Reader::read_texts(const Key& key, const Node& list, const Place& place) {
  if (list.kind != Node::Kind::list) {
    tell(list.at, place.name, wanted("a list such as [one, two]", list));
    return;
  }
  if (const auto problem = check_count(key.shape, list.items.size())) {
    tell(list.at, place.name, problem->text);
    return;
  }
  std::vector<std::string> texts;
  for (std::size_t index = 0; index < list.items.size(); ++index) {
    const Place here{.path = place.path, .name = fmt::format("{}[{}]", place.name, index)};
    const Node& item = *list.items[index];
    auto value = read_scalar(key.shape, item, here);
    if (!value) continue;
    if (std::find(texts.begin(), texts.end(), std::get<std::string>(*value)) != texts.end()) {
      tell(item.at, here.name, "stands in this list twice; keep one of the two");
    }
    texts.push_back(std::get<std::string>(std::move(*value)));
  }
  key.store(draft_, std::move(texts));
}

std::optional<Value> Reader::read_scalar(const Shape& shape, const Node& node, const Place& place) {
  if (node.kind != Node::Kind::scalar) {
    tell(node.at, place.name, wanted("a single value", node));
    return std::nullopt;
  }
  auto expanded = expand(node.text, environment_);
  if (const auto* problem = std::get_if<Problem>(&expanded)) {
    tell(node.at, place.name, problem->text);
    return std::nullopt;
  }
  // What is shown is what was written, so what the environment holds is never told.
  const bool is_hidden = shape.is_hidden || shape.type == Type::secret;
  auto value =
      read_value(shape, std::get<Expanded>(expanded).text, is_hidden ? "the value" : in_quotes(node.text));
  if (const auto* problem = std::get_if<Problem>(&value)) {
    tell(node.at, place.name, problem->text);
    return std::nullopt;
  }
  return std::get<Value>(std::move(value));
}

void Reader::set_defaults(std::string_view path) {
  for (const Key& key : keys()) {
    const bool is_here =
        path.empty() ? key.path.find('[') == std::string_view::npos : is_within(key.path, path);
    if (!is_here || key.default_text.empty()) continue;
    const auto parsed = load(key.default_text);
    const auto& document = std::get<Document>(parsed);  // a default that is not YAML is a bug of the table
    read_key(key, *document.root, {.path = std::string{key.path}, .name = std::string{key.path}});
  }
}

void Reader::check_missing(std::string_view path, Position at, const std::string& name) {
  for (const Key& key : keys()) {
    if (key.presence != Presence::required || section_of(key.path) != path || given_.contains(key.path))
      continue;
    tell(at, joined(name, leaf_of(key.path)), fmt::format("is missing; {}", key.sentence));
  }
}

Filled Reader::filled(const Place& place, Position at, bool is_clean) {
  return {.name = place.name,
          .at = at,
          .is_clean = is_clean,
          .given = [this, place](std::string_view key) -> std::optional<Position> {
            const auto found = given_.find(joined(place.path, key));
            return found == given_.end() ? std::nullopt : std::optional{found->second};
          },
          .is_told = [this, place](std::string_view key) { return is_told(joined(place.name, key)); },
          .tell =
              [this, place](Position where, std::string_view key, std::string problem) {
                tell(where, key.empty() ? place.name : joined(place.name, key), std::move(problem));
              }};
}

void Reader::tell(Position at, const std::string& name, std::string problem) {
  if (mistakes_.size() == kMaxMistakes) {
    ++left_off_;
  } else {
    mistakes_.push_back({.at = at, .key = name, .problem = std::move(problem)});
  }
}

bool Reader::is_told(std::string_view name) const {
  return std::any_of(mistakes_.begin(), mistakes_.end(),
                     [name](const Mistake& mistake) { return mistake.key == name; });
}

}  // namespace sas::settings
