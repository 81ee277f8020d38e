// SPDX-License-Identifier: Apache-2.0
#pragma once
// A secret that stands in the settings or in a file. A file is read again whenever it has changed, so that a
// new secret needs no restart.

#include <optional>
#include <string>
#include <utility>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "credentials/watched_file.hpp"

namespace sas::alerts {

class SecretValue {
 public:
  SecretValue(Secret value, std::string file) : value_(std::move(value)) {
    if (!file.empty()) file_.emplace(std::move(file));
  }

  /// Empty where there is neither. An error names the file.
  Result<Secret> read() { return file_ ? file_->read() : Result<Secret>(value_); }

 private:
  Secret value_;
  std::optional<credentials::WatchedFile> file_;
};

}  // namespace sas::alerts
