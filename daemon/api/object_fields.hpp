// SPDX-License-Identifier: Apache-2.0
#pragma once
// Walks an object's fields in whatever order they come, each once. Services write the same fields in the same
// order row after row, so the field that followed this one last time is tried first: one comparison a field,
// and any order is right.

#include <array>
#include <bitset>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "api/excerpt.hpp"
#include "api/json_text.hpp"
#include "api/violation_tally.hpp"

namespace sas::api {

template <std::size_t N>
class ObjectFields {
 public:
  using Names = std::array<std::string_view, N>;

  /// `names` in the order that is to be expected first.
  explicit ObjectFields(const Names& names) : names_(names) {
    for (std::size_t i = 0; i < N; ++i)
      following_[i] = (i + 1) % N;
    following_[kStart] = 0;
  }

  /// Calls `read(index, value)` for each field that has one of the names. Unknown and repeated fields are
  /// tallied; of the repeated ones the first counts. An error means that the text is not JSON.
  template <class Read>
  simdjson::error_code walk(ondemand::object object, ViolationTally& tally, Read read) {
    seen_.reset();
    std::size_t last = kStart;
    for (auto item : object) {
      ondemand::field field;
      if (const auto fault = std::move(item).get(field)) return fault;
      std::size_t index = find(field.key().raw(), last);
      if (index == N) {
        if (const auto fault = find_unescaped(field, tally, index)) return fault;
        if (index == N) continue;
      }
      last = index;
      if (seen_[index]) {
        tally.add(names_[index], [] { return "given more than once"; });
        continue;
      }
      seen_.set(index);
      if (const auto fault = read(index, field.value())) return fault;
    }
    return simdjson::SUCCESS;
  }

  /// Tallies those of the fields `wanted` that the object walked last did not have.
  void tally_missing(const std::bitset<N>& wanted, ViolationTally& tally,
                     std::string_view prefix = {}) const {
    const std::bitset<N> missing = wanted & ~seen_;
    if (missing.none()) return;
    for (std::size_t i = 0; i < N; ++i) {
      if (missing[i]) tally.add(std::string{prefix}.append(names_[i]), [] { return "missing"; });
    }
  }

  [[nodiscard]] std::string_view name(std::size_t index) const { return names_[index]; }

 private:
  static constexpr std::size_t kStart = N;

  // simdjson's padding makes it safe to look at a name's length of bytes from any key on.
  static bool is(const char* key, std::string_view name) {
    return key[name.size()] == '"' && std::memcmp(key, name.data(), name.size()) == 0;
  }

  std::size_t find(const char* key, std::size_t last) {
    const std::size_t guess = following_[last];
    if (is(key, names_[guess])) return guess;
    for (std::size_t i = 0; i < N; ++i) {
      if (is(key, names_[i])) return following_[last] = i;
    }
    return N;
  }

  // `"Task\u0049d"` is TaskId too. What is no name of ours after that is an unknown field.
  simdjson::error_code find_unescaped(ondemand::field& field, ViolationTally& tally,
                                      std::size_t& index) const {
    std::string_view key;
    if (const auto fault = field.unescaped_key().get(key)) return fault;
    for (index = 0; index < N && names_[index] != key; ++index) {
    }
    if (index == N) tally.add("unknown_field", [&] { return excerpt(key, 64); });
    return simdjson::SUCCESS;
  }

  Names names_;
  std::array<std::size_t, N + 1> following_;
  std::bitset<N> seen_;
};

}  // namespace sas::api
