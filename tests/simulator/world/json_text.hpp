// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writing JSON by appending: pages of a benchmark's size leave no time for a tree.

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

namespace sas::simulator {

/// With its quotes. Bytes from 0x80 on are left as they are.
void append_json(std::string& to, std::string_view text);

template <std::integral Number>
void append_json(std::string& to, Number number) {
  char digits[24];
  const auto [end, failure] = std::to_chars(digits, digits + sizeof digits, number);
  to.append(digits, end);
}

}  // namespace sas::simulator
