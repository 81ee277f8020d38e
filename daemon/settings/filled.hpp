// SPDX-License-Identifier: Apache-2.0
#pragma once
// A mapping whose keys have been read, for the rules between its keys.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "settings/mistake.hpp"

namespace sas::settings {

/// Where a key of a mapping was given a value, such as `credentials.type`; nothing where it was not.
using Given = std::function<std::optional<Position>(std::string_view key)>;

/// Keys are relative to it.
struct Filled {
  std::string name;      // `alerts.sinks[1]`
  Position at;           // where it begins
  bool is_clean = true;  // nothing has been told of it so far
  Given given;
  std::function<bool(std::string_view key)> is_told;  // whether something is wrong with the key already
  /// Without a key it is the mapping as a whole that is wrong.
  std::function<void(Position at, std::string_view key, std::string problem)> tell;
};

}  // namespace sas::settings
