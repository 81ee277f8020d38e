// SPDX-License-Identifier: Apache-2.0
#pragma once
// The command line as it describes itself, for the manual page and for shells that complete it.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.hpp"

namespace sas::cli {

struct Flag {
  std::vector<std::string> names = {};  // `-h`, `--help`
  std::string value = {};               // what its value is called: `FILE`, `HOST:PORT`; empty: it takes none
  std::vector<std::string> words = {};  // all that its value may be, where these are few
  std::string standard = {};            // its value where it is left out
  std::string sentence = {};
  bool is_repeatable = false;

  /// Only what names something in the file system is called FILE.
  [[nodiscard]] bool takes_file() const { return value == "FILE"; }
  /// The long one of its names.
  [[nodiscard]] const std::string& name() const { return names.back(); }
};

struct Command {
  std::string name = {};
  std::string sentence = {};
  std::vector<Flag> flags = {};  // its own; those of the program go with it too
};

struct Description {
  std::string program = {};
  std::string sentence = {};
  std::vector<Flag> flags = {};
  std::vector<Command> commands = {};
};

/// Read from the parser itself.
Description description();

struct ExitCode {
  int code;
  std::string_view sentence;
};

constexpr std::array<ExitCode, 3> kExitCodes{
    {{kFine, "fine"}, {kFailed, "a check failed"}, {kUsage, "usage or configuration"}}};

}  // namespace sas::cli
