// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "settings/document.hpp"
#include "settings/json_rules.hpp"
#include "settings/patterns.hpp"
#include "settings/reference.hpp"
#include "settings/regions.hpp"
#include "settings/schema.hpp"

namespace sas::settings {
namespace {

namespace json = boost::json;

json::value read_number(std::string_view text) {
  return json::parse(json::string_view{text.data(), text.size()});
}

/// A default or an example as the editor has it: numbers and truth only where the key is one.
json::value value_of(const Node& node, Type type) {
  if (node.kind == Node::Kind::list) {
    json::array list;
    for (const Node* item : node.items)
      list.push_back(value_of(*item, Type::text));
    return list;
  }
  if (node.kind == Node::Kind::map) {
    json::object map;
    for (const Entry& entry : node.entries)
      map[entry.key->text] = value_of(*entry.value, Type::text);
    return map;
  }
  const bool is_plain = type == Type::boolean || type == Type::integer || type == Type::number;
  return is_plain ? read_number(node.text) : json::value(node.text);
}

json::value written(std::string_view yaml, Type type) {
  const auto loaded = load(yaml);
  return value_of(*std::get<Document>(loaded).root, type);  // what the table holds is YAML
}

json::array types_of(std::initializer_list<std::string_view> types, bool may_be_null) {
  json::array all(types.begin(), types.end());
  if (may_be_null) all.emplace_back("null");
  return all;
}

/// Any scalar may be a `${NAME}` instead, and so is a text then.
json::object of_variable(json::object schema, std::string_view what) {
  schema["pattern"] = variable_pattern();
  schema["patternErrorMessage"] = fmt::format("Write {} without quotes, or ${{NAME}}.", what);
  return schema;
}

json::object duration_schema(const Shape& shape, bool may_be_null) {
  json::object schema{
      {"type", types_of({"string"}, may_be_null)},
      {"pattern", or_variable(duration_pattern())},
      {"patternErrorMessage", "Write numbers with units, such as 500ms, 30s, 5m, 2h, 7d or 1h30m."}};
  if (shape.lowest != "0s") return schema;
  schema["type"] = types_of({"string", "integer"}, may_be_null);
  schema["minimum"] = 0;
  schema["maximum"] = 0;  // the only one that needs no unit
  return schema;
}

json::object text_schema(const Shape& shape, bool may_be_null) {
  // YAML reads 42 as a number, which is a text to the daemon.
  const bool may_be_number = shape.check == nullptr || !shape.check("42");
  return {{"type",
           may_be_number ? types_of({"string", "number"}, may_be_null) : types_of({"string"}, may_be_null)},
          {"pattern", or_variable(pattern_of(shape.check))}};
}

template <class Words>
json::object words_schema(const Words& words, bool may_be_null) {
  json::array all(words.begin(), words.end());
  if (may_be_null) all.emplace_back(nullptr);
  return {{"anyOf", json::array{json::object{{"enum", std::move(all)}},
                                json::object{{"$ref", "#/definitions/variable"}}}}};
}

json::object scalar_schema(const Shape& shape, bool may_be_null) {
  if (!shape.words.empty()) return words_schema(shape.words, may_be_null);
  if (shape.check == check_site) return words_schema(site_words(), may_be_null);
  switch (shape.type) {
    case Type::boolean:
      return of_variable({{"type", types_of({"boolean", "string"}, may_be_null)}}, "true or false");
    case Type::integer:
    case Type::number: {
      const bool is_whole = shape.type == Type::integer;
      return of_variable({{"type", types_of({is_whole ? "integer" : "number", "string"}, may_be_null)},
                          {"minimum", read_number(shape.lowest)},
                          {"maximum", read_number(shape.highest)}},
                         is_whole ? "a whole number" : "a number");
    }
    case Type::duration:
      return duration_schema(shape, may_be_null);
    case Type::text:
    case Type::secret:
    case Type::texts:
    case Type::word:
    case Type::items:
      break;
  }
  return text_schema(shape, may_be_null);
}

json::object mapping(std::string_view section);

json::object key_schema(const Key& key) {
  const bool may_be_null = key.presence != Presence::required;
  const bool is_list = key.shape.type == Type::texts || key.shape.type == Type::items;
  if (!is_list) return scalar_schema(key.shape, may_be_null);
  Shape element = key.shape;
  element.type = Type::text;
  return {{"type", types_of({"array"}, may_be_null)},
          {"items", key.shape.type == Type::items ? mapping(fmt::format("{}[]", key.path))
                                                  : scalar_schema(element, false)},
          {"minItems", read_number(key.shape.lowest)},
          {"maxItems", read_number(key.shape.highest)},
          {"uniqueItems", true}};
}

json::object described(const Key& key) {
  json::object schema{{"description", key.sentence}};
  if (key.shape.type == Type::duration)
    schema["description"] =
        fmt::format("{} From {} to {}.", key.sentence, key.shape.lowest, key.shape.highest);
  if (!key.default_text.empty()) schema["default"] = written(key.default_text, key.shape.type);
  if (!key.example.empty()) schema["examples"] = json::array{written(key.example, key.shape.type)};
  for (auto& [name, value] : key_schema(key))
    schema[name] = value;
  return schema;
}

/// What stands in a section: its own keys, and the sections right below it.
json::object mapping(std::string_view section) {
  json::object properties;
  json::array required;
  for (const Key& key : keys()) {
    if (section_of(key.path) != section) continue;
    properties[leaf_of(key.path)] = described(key);
    if (key.presence == Presence::required) required.emplace_back(leaf_of(key.path));
  }
  for (const Section& below : sections()) {
    if (section_of(below.path) != section || below.path.ends_with("[]")) continue;
    json::object schema = mapping(below.path);
    schema["type"] = types_of({"object"}, true);
    schema["description"] = below.sentence;
    properties[leaf_of(below.path)] = std::move(schema);
  }
  json::object schema{{"type", "object"}, {"additionalProperties", false}};
  if (!required.empty()) schema["required"] = std::move(required);
  schema["properties"] = std::move(properties);
  if (json::array rules = json_rules(section); !rules.empty()) schema["allOf"] = std::move(rules);
  return schema;
}

bool is_short(const json::value& value) {
  constexpr std::size_t kWidth = 110;
  return !(value.is_object() || value.is_array()) || json::serialize(value).size() < kWidth;
}

/// On one line what is short, else one line a member.
void print(const json::value& value, std::string& text, std::size_t indent) {
  const std::string margin(indent, ' ');
  const char* separator = "";
  if (is_short(value)) {
    text += json::serialize(value);
  } else if (const auto* array = value.if_array()) {
    text += "[";
    for (const json::value& element : *array) {
      text += fmt::format("{}\n{}  ", std::exchange(separator, ","), margin);
      print(element, text, indent + 2);
    }
    text += fmt::format("\n{}]", margin);
  } else {
    text += "{";
    for (const auto& [name, member] : value.get_object()) {
      text += fmt::format("{}\n{}  {}: ", std::exchange(separator, ","), margin,
                          json::serialize(json::value(name)));
      print(member, text, indent + 2);
    }
    text += fmt::format("\n{}}}", margin);
  }
}

}  // namespace

std::string json_schema() {
  json::object schema{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"$comment",
       "Written by `sas-operation-exporter --print-config-schema`; edit daemon/settings instead."},
      {"title", "Configuration of sas-operation-exporter"}};
  for (auto& [name, value] : mapping(""))
    schema[name] = value;
  schema["definitions"] = json::object{
      {"variable", json::object{{"type", "string"},
                                {"pattern", variable_pattern()},
                                {"patternErrorMessage", "Write one of the words, or ${NAME}."}}}};
  std::string text;
  print(schema, text, 0);
  return text + '\n';
}

}  // namespace sas::settings
