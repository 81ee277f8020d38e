// SPDX-License-Identifier: Apache-2.0
#pragma once
// Walks a tree of YAML by hand, for files whose keys do not stand in the schema: what is there is handed on,
// what is wrong is collected.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "settings/document.hpp"
#include "settings/mistake.hpp"
#include "settings/value.hpp"

namespace sas::settings {

/// A value in the file, and its name as a person sees it: `tls_server_config.cert_file`.
struct Place {
  const Node& node;
  std::string name;
};

/// A key that a mapping may have.
struct Field {
  std::string_view name;
  std::function<void(const Place& place)> read;  // not called where nothing stands behind the key
};

class NodeReader {
 public:
  /// A mapping with these keys. `unsupported` says of a key why there is none of that name, or nothing.
  using Unsupported = std::string_view (*)(std::string_view key);
  void fields(const Place& place, const std::vector<Field>& known, Unsupported unsupported = nullptr);

  /// A mapping whose keys are names of something: each entry, its key and where that stands.
  using Entry = std::function<void(const std::string& key, Position at, const Place& place)>;
  void entries(const Place& place, std::string_view wanted_mapping, const Entry& read);

  /// A list of single values, each with its place.
  void items(const Place& place,
             const std::function<void(const std::string& text, const Place& place)>& read);

  /// A single value as it stands there, or as its shape has it.
  std::optional<std::string> text(const Place& place);
  std::optional<Value> value(const Place& place, const Shape& shape);

  void tell(Position at, const std::string& name, std::string problem);

  /// Where the value of a key stands that was there; nothing where it was not.
  [[nodiscard]] std::optional<Position> given(std::string_view name) const;

  std::vector<Mistake> mistakes;

 private:
  using Seen = std::map<std::string_view, Position>;
  bool is_new_key(const settings::Entry& entry, const std::string& section, Seen& seen);

  std::map<std::string, Position, std::less<>> given_;
};

}  // namespace sas::settings
