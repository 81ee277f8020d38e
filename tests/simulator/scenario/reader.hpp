// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads YAML maps of which every key must be known. Mistakes are gathered with their lines, and reading goes
// on.

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "base/time.hpp"
#include "simulator/world/world_rules.hpp"

namespace sas::simulator {

class Mistakes {
 public:
  explicit Mistakes(std::string_view file) : file_(file) {}
  void add(const YAML::Mark& where, std::string_view what);
  [[nodiscard]] bool empty() const { return lines_.empty(); }
  [[nodiscard]] std::string text() const;

 private:
  std::string file_;
  std::vector<std::string> lines_;
};

/// A map being read. What was not asked for by the end of its life's finish() is a mistake.
class MapReader {
 public:
  MapReader(YAML::Node node, Mistakes& mistakes, std::string what);

  /// Leave the value alone where the key is missing or its value is wrong.
  void text(const char* key, std::string& into);
  void number(const char* key, double& into, double least, double most);
  void integer(const char* key, std::int64_t& into, std::int64_t least);
  void duration(const char* key, Milliseconds& into);
  void duration(const char* key, std::optional<Milliseconds>& into);
  void durations(const char* key, Range<Milliseconds>& into);
  void integers(const char* key, Range<std::int64_t>& into);
  void texts(const char* key, std::vector<std::string>& into);

  /// The index of the key's value among `words`; none where the key is missing or the value is another.
  std::optional<std::size_t> choice(const char* key, const std::vector<std::string_view>& words);

  /// The key's map or list of maps, one reader each.
  void map(const char* key, const std::function<void(MapReader&)>& read);
  void list(const char* key, const std::function<void(MapReader&)>& read);

  /// Reports the keys that nobody asked for.
  void finish();

  void wrong(std::string_view what) { mistakes_.add(node_.Mark(), what); }
  [[nodiscard]] bool has(const char* key) const { return node_.IsMap() && node_[key]; }
  [[nodiscard]] std::size_t line() const { return static_cast<std::size_t>(node_.Mark().line) + 1; }
  std::vector<std::string> keys() const;
  YAML::Mark mark(const char* key) const { return node_[key].Mark(); }
  Mistakes& mistakes() { return mistakes_; }

 private:
  std::optional<std::string> scalar(const char* key, std::string_view expected);
  void bad_value(const char* key, std::string_view value, std::string_view expected);

  YAML::Node node_;
  Mistakes& mistakes_;
  std::string what_;
  std::set<std::string> known_;
};

}  // namespace sas::simulator
