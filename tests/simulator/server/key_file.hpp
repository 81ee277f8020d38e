// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who may ask, in a file that a test rewrites while the simulator runs: keys come, and keys end.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/access_key.hpp"
#include "base/result.hpp"

namespace sas::simulator {

/// [{"id":…,"secret":…,"security_token":…,"until":ms}, …]; no token: a long-lived key; no `until`: for ever.
Result<std::vector<AccessKey>> parse_keys(std::string_view text);

class KeyFile {
 public:
  explicit KeyFile(std::string path) : path_(std::move(path)) {}

  /// The keys where the file is another than before; throws std::runtime_error where it cannot be read.
  std::optional<std::vector<AccessKey>> read_if_changed();

 private:
  std::string path_;  // empty: there is none
  std::string text_;
};

}  // namespace sas::simulator
