// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a key may hold, and the way from the text of a value to the value.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"
#include "settings/expand.hpp"

namespace sas::settings {

enum class Type : std::uint8_t {
  boolean,
  integer,
  number,
  duration,
  text,
  secret,  // text that no message shows
  texts,   // a list of texts
  word,    // one of a few
  items,   // a list of mappings, whose own keys are declared as `path[].key`
};

struct Word {
  std::size_t index = 0;  // into the words of the key

  friend bool operator==(const Word&, const Word&) = default;
};

using Value = std::variant<bool, std::int64_t, double, Milliseconds, std::string, Secret,
                           std::vector<std::string>, Word>;

/// Whether a text is fit for its key; the problem where it is not. Must not repeat the text.
using Check = std::optional<Problem> (*)(std::string_view text);

/// What a value must be.
struct Shape {
  Type type = Type::text;
  std::string_view lowest = {};  // as written in YAML, inclusive; of `texts` and `items`: of their number
  std::string_view highest = {};
  std::span<const std::string_view> words = {};  // of a word; of a text where it may be one of these only
  Check check = nullptr;                         // of a text, or of each of `texts`
  bool is_hidden = false;                        // no message shows it; secrets are hidden anyway
};

/// A scalar: all types but `texts` and `items`; of `texts`, one element. `shown` is how a message names the
/// value.
std::variant<Value, Problem> read_value(const Shape& shape, std::string_view text, std::string_view shown);

/// Nothing, or why there are too few or too many; for `texts` and `items`.
std::optional<Problem> check_count(const Shape& shape, std::size_t count);

/// What the reference and a message call it: `duration`, `list of text`.
std::string_view to_string(Type type);

}  // namespace sas::settings
