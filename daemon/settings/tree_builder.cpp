// SPDX-License-Identifier: Apache-2.0
#include "settings/tree_builder.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>

namespace sas::settings {
namespace {

Position position(const YAML::Mark& mark) {
  return {.line = mark.line + 1, .column = mark.column + 1};
}

/// yaml-cpp marks plain scalars with `?` and quoted ones with `!`.
bool is_ordinary(std::string_view tag) {
  return tag.empty() || tag == "?" || tag == "!" || tag.starts_with("tag:yaml.org,2002:");
}

bool is_merge(const Entry& entry) {
  return entry.key->kind == Node::Kind::scalar && entry.key->text == "<<";
}

}  // namespace

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  if (started_) {
    refuse(position(mark),
           "a second YAML document begins here; only one is read, so put everything into the first");
  }
  started_ = true;
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (const Node* node = add(Node::Kind::nothing, mark, {}, anchor)) attach(node);
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  Node* node = add(Node::Kind::scalar, mark, tag, anchor);
  if (node == nullptr) return;
  node->text = value;
  attach(node);
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (refusal_) return;
  const auto found = anchors_.find(anchor);
  const bool is_open =
      found != anchors_.end() &&
      std::any_of(open_.begin(), open_.end(), [&](const Open& level) { return level.node == found->second; });
  if (found == anchors_.end() || is_open) {
    refuse(position(mark), "this alias refers to what it stands in; it may refer only to what is complete");
  } else {
    attach(found->second);
  }
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value /*style*/) {
  open(Node::Kind::list, mark, tag, anchor);
}

void TreeBuilder::OnSequenceEnd() {
  close();
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value /*style*/) {
  open(Node::Kind::map, mark, tag, anchor);
}

void TreeBuilder::OnMapEnd() {
  if (!refusal_) merge(*open_.back().node);
  close();
}

Node* TreeBuilder::add(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor) {
  const Position at = position(mark);
  if (refusal_ || !count_one(at)) return nullptr;
  if (!is_ordinary(tag)) {
    refuse(at, "YAML tags (!name) have no meaning here; quote a value that begins with an exclamation mark");
    return nullptr;
  }
  Node& node = document_.nodes.emplace_back();
  node.kind = kind;
  node.at = at;
  if (anchor != YAML::NullAnchor) anchors_[anchor] = &node;
  return &node;
}

void TreeBuilder::attach(const Node* node) {
  if (open_.empty()) {
    document_.root = node;
    return;
  }
  Open& level = open_.back();
  if (level.node->kind == Node::Kind::list) {
    level.node->items.push_back(node);
  } else if (level.key == nullptr) {
    level.key = node;
  } else {
    level.node->entries.push_back({.key = level.key, .value = node});
    level.key = nullptr;
  }
}

void TreeBuilder::open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
                       YAML::anchor_t anchor) {
  Node* node = add(kind, mark, tag, anchor);
  if (node == nullptr) return;
  if (open_.size() == kMaxDepth) {
    refuse(node->at, fmt::format("nested more than {} levels deep", kMaxDepth));
    return;
  }
  attach(node);
  open_.push_back({.node = node, .key = nullptr});
}

void TreeBuilder::close() {
  if (!refusal_) open_.pop_back();
}

void TreeBuilder::merge(Node& map) {
  const auto first = std::stable_partition(map.entries.begin(), map.entries.end(),
                                           [](const Entry& entry) { return !is_merge(entry); });
  const std::vector<Entry> merges(first, map.entries.end());
  map.entries.erase(first, map.entries.end());
  for (const Entry& entry : merges) {
    if (entry.value->kind == Node::Kind::list) {
      for (const Node* source : entry.value->items)
        merge_from(*source, *entry.key, map);
    } else {
      merge_from(*entry.value, *entry.key, map);
    }
  }
}

void TreeBuilder::merge_from(const Node& source, const Node& key, Node& map) {
  if (source.kind != Node::Kind::map) {
    refuse(key.at,
           "<< takes a mapping or a list of mappings, such as *name of one that is anchored with &name");
    return;
  }
  std::unordered_set<std::string_view> own;
  for (const Entry& entry : map.entries)
    own.insert(entry.key->text);
  for (const Entry& entry : source.entries) {
    if (own.contains(entry.key->text)) continue;
    if (refusal_ || !count_one(key.at)) return;
    map.entries.push_back(entry);
  }
}

bool TreeBuilder::count_one(Position at) {
  if (++size_ <= kMaxNodes) return true;
  refuse(at, fmt::format("more than {} values in one file", kMaxNodes));
  return false;
}

void TreeBuilder::refuse(Position at, std::string problem) {
  if (!refusal_) refusal_ = Mistake{.at = at, .key = {}, .problem = std::move(problem)};
}

}  // namespace sas::settings
