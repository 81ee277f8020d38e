// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads the fields of one JSON object. The first thing that is not as it should be is remembered, and what is
// read then does not matter: the caller looks once, at the end.

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "base/time.hpp"

namespace sas::snapshot {

class ObjectReader {
 public:
  /// Both stay alive for as long as the reader. `problem` is empty as long as there is none.
  ObjectReader(const boost::json::object& object, std::string& problem)
      : object_(object), problem_(problem) {}

  [[nodiscard]] bool has(std::string_view key) const { return object_.contains(key); }

  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::string text_or_empty(std::string_view key) const;

  /// An object that is there and empty in place of one that is not there.
  [[nodiscard]] ObjectReader object(std::string_view key) const;

  template <std::integral Number>
  [[nodiscard]] Number number(std::string_view key) const {
    return whole<Number>(key, find(key));
  }
  template <std::integral Number>
  [[nodiscard]] std::optional<Number> number_if_there(std::string_view key) const {
    if (!has(key)) return std::nullopt;
    return number<Number>(key);
  }

  [[nodiscard]] Time time(std::string_view key) const {
    return Time{Milliseconds{number<std::int64_t>(key)}};
  }
  [[nodiscard]] std::optional<Time> time_if_there(std::string_view key) const {
    if (!has(key)) return std::nullopt;
    return time(key);
  }
  [[nodiscard]] std::optional<Milliseconds> duration_if_there(std::string_view key) const {
    if (!has(key)) return std::nullopt;
    return Milliseconds{number<std::int64_t>(key)};
  }

  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;

  template <std::integral Number>
  [[nodiscard]] std::vector<Number> numbers(std::string_view key) const {
    std::vector<Number> numbers;
    for (const boost::json::value& element : array(key))
      numbers.push_back(whole<Number>(key, &element));
    return numbers;
  }

  /// Calls `visit(reader)` for each object of a list.
  template <class Visit>
  void for_each(std::string_view key, Visit visit) const {
    for (const boost::json::value& element : array(key)) {
      if (const boost::json::object* const object = element.if_object()) {
        visit(ObjectReader(*object, problem_));
      } else {
        complain(key, "holds something that is not an object");
      }
    }
  }

  /// The one of the values that to_string() calls so.
  template <class Word, std::size_t N>
  [[nodiscard]] Word word(std::string_view key, const std::array<Word, N>& words) const {
    const std::string found = text(key);
    for (const Word candidate : words) {
      if (to_string(candidate) == found) return candidate;
    }
    complain(key, "is none of the known words");
    return words[0];
  }

  void complain(std::string_view key, std::string_view what) const;

 private:
  [[nodiscard]] const boost::json::value* find(std::string_view key) const;
  [[nodiscard]] const boost::json::array& array(std::string_view key) const;

  template <std::integral Number>
  [[nodiscard]] Number whole(std::string_view key, const boost::json::value* value) const {
    boost::json::error_code fault;
    const Number number = value == nullptr ? Number{} : value->to_number<Number>(fault);
    if (fault) complain(key, "is not a whole number in its range");
    return number;
  }

  const boost::json::object& object_;
  std::string& problem_;
};

}  // namespace sas::snapshot
