// SPDX-License-Identifier: Apache-2.0
#pragma once
// One thing that is wrong in a configuration file, and what would be right.

#include <string>
#include <string_view>

namespace sas::settings {

/// Where something stands in a file; both count from 1, columns in bytes. 0: the file as a whole.
struct Position {
  int line = 0;
  int column = 0;

  friend bool operator==(const Position&, const Position&) = default;
  friend bool operator<(const Position& left, const Position& right) {
    return left.line != right.line ? left.line < right.line : left.column < right.column;
  }
};

struct Mistake {
  Position at;
  std::string key;      // `poll.interval`, `targets[0].site`; empty: the file as a whole
  std::string problem;  // what was found and what would be right; never the value of a secret

  friend bool operator==(const Mistake&, const Mistake&) = default;
};

/// `FILE:LINE:COLUMN: KEY: PROBLEM`, without the parts that are not known.
std::string to_string(const Mistake& mistake, std::string_view file);

}  // namespace sas::settings
