// SPDX-License-Identifier: Apache-2.0
#pragma once
// A YAML file as a tree that remembers where everything stands. Aliases and merge keys (`<<`) are resolved;
// duplicate keys are kept, so that they can be told. What would take unbounded time or memory is refused.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "settings/mistake.hpp"

namespace sas::settings {

inline constexpr std::size_t kMaxFileSize = 1024 * 1024;
inline constexpr std::size_t kMaxNodes = 100'000;
inline constexpr std::size_t kMaxDepth = 32;

struct Node;

struct Entry {
  const Node* key;
  const Node* value;
};

struct Node {
  enum class Kind : std::uint8_t {
    nothing,  // empty, `~` or `null`
    scalar,
    list,
    map,
  };
  Kind kind = Kind::nothing;
  Position at;
  std::string text;                // of a scalar, without its quotes
  std::vector<const Node*> items;  // of a list
  std::vector<Entry> entries;      // of a map, in the order of the file, merged ones last
};

/// Owns its nodes; they point at each other, never in a circle.
struct Document {
  Document() = default;
  Document(Document&&) = default;
  Document& operator=(Document&&) = default;

  std::deque<Node> nodes;
  const Node* root = nullptr;  // null: the file is empty
};

/// Only the first mistake can be told: after it nobody knows what the rest of the text means.
std::variant<Document, Mistake> load(std::string_view yaml);

}  // namespace sas::settings
