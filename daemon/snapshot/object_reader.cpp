// SPDX-License-Identifier: Apache-2.0
#include "snapshot/object_reader.hpp"

#include <fmt/format.h>

namespace sas::snapshot {

namespace json = boost::json;

std::string ObjectReader::text(std::string_view key) const {
  const json::value* const value = find(key);
  const json::string* const string = value == nullptr ? nullptr : value->if_string();
  if (string == nullptr) {
    complain(key, "is not a text");
    return {};
  }
  return {string->data(), string->size()};
}

std::string ObjectReader::text_or_empty(std::string_view key) const {
  return has(key) ? text(key) : std::string{};
}

ObjectReader ObjectReader::object(std::string_view key) const {
  static const json::object kEmpty;
  const json::value* const value = find(key);
  const json::object* const object = value == nullptr ? nullptr : value->if_object();
  if (object == nullptr) complain(key, "is not an object");
  return {object == nullptr ? kEmpty : *object, problem_};
}

std::vector<std::string> ObjectReader::texts(std::string_view key) const {
  std::vector<std::string> texts;
  for (const json::value& element : array(key)) {
    const json::string* const string = element.if_string();
    if (string == nullptr) {
      complain(key, "holds something that is not a text");
      break;
    }
    texts.emplace_back(string->data(), string->size());
  }
  return texts;
}

const json::array& ObjectReader::array(std::string_view key) const {
  static const json::array kEmpty;
  const json::value* const value = find(key);
  const json::array* const array = value == nullptr ? nullptr : value->if_array();
  if (array == nullptr) complain(key, "is not a list");
  return array == nullptr ? kEmpty : *array;
}

const json::value* ObjectReader::find(std::string_view key) const {
  const json::value* const value = object_.if_contains(key);
  if (value == nullptr) complain(key, "is missing");
  return value;
}

void ObjectReader::complain(std::string_view key, std::string_view what) const {
  if (problem_.empty()) problem_ = fmt::format("`{}` {}", key, what);
}

}  // namespace sas::snapshot
