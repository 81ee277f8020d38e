// SPDX-License-Identifier: Apache-2.0
#pragma once
// `${NAME}` in a value becomes the environment variable NAME; `$$` becomes `$`; any other `$` stays what it
// is. What was put in is not looked at again.

#include <string>
#include <string_view>
#include <variant>

#include "settings/parse.hpp"

namespace sas::settings {

struct Expanded {
  std::string text;
  bool from_environment = false;  // then the text may be a secret, wherever it stands
};

/// What is wrong with a value, as the end of a sentence.
struct Problem {
  std::string text;

  friend bool operator==(const Problem&, const Problem&) = default;
};

/// A problem names the variable that is not set, or says that the braces do not close.
std::variant<Expanded, Problem> expand(std::string_view written, const Environment& environment);

}  // namespace sas::settings
