// SPDX-License-Identifier: Apache-2.0
#pragma once
// Walks the tree of a document along the schema: what is there is stored or told, what is not is a default or
// missing.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "settings/document.hpp"
#include "settings/filled.hpp"
#include "settings/item_lists.hpp"
#include "settings/parse.hpp"
#include "settings/schema.hpp"

namespace sas::settings {

class Reader {
 public:
  explicit Reader(const Environment& environment);

  std::variant<Settings, std::vector<Mistake>> read(const Document& document) &&;

 private:
  /// A place in the file, by its path in the schema and by the one that a person sees.
  struct Place {
    std::string path;  // `targets[].site`
    std::string name;  // `targets[3].site`
  };

  void read_map(const Node& map, const Place& place);
  void read_entry(const Entry& entry, const Place& place);
  void read_key(const Key& key, const Node& node, const Place& place);
  void read_items(const Key& key, const Node& list, const Place& place);
  void read_item(const ItemList& list, const Node& item, const Place& place);
  void read_texts(const Key& key, const Node& list, const Place& place);
  std::optional<Value> read_scalar(const Shape& shape, const Node& node, const Place& place);

  void set_defaults(std::string_view path);
  void check_missing(std::string_view path, Position at, const std::string& name);
  Filled filled(const Place& place, Position at, bool is_clean);
  void tell(Position at, const std::string& name, std::string problem);
  [[nodiscard]] bool is_told(std::string_view name) const;

  const Environment& environment_;
  Draft draft_;
  std::map<std::string, Position, std::less<>>
      given_;  // by path in the schema; of list elements: of the last one
  std::vector<Mistake> mistakes_;
  std::size_t left_off_ = 0;
};

}  // namespace sas::settings
