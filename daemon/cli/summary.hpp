// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a configuration amounts to, for a person to read.

#include <string>

#include "settings/settings.hpp"

namespace sas::cli {

/// Targets with their endpoints, and every effective value. Of an access key's id the last four characters,
/// of secrets nothing.
std::string summary(const settings::Settings& settings);

}  // namespace sas::cli
