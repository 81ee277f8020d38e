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

 private:
  [[nodiscard]] const boost::json::value* find(std::string_view key) const;
  void complain(std::string_view key, std::string_view what) const;

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
