// SPDX-License-Identifier: Apache-2.0
#pragma once
// The environment variables of the official SDKs, read the way they read them.

#include <functional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace sas::credentials {

/// The value of an environment variable; empty where it is not set, which counts as the same.
using Variables = std::function<std::string(const char* name)>;

/// Those of this process.
Variables process_variables();

/// The text, or where it is empty the variable's.
std::string or_variable(std::string text, const Variables& variables, const char* name);

/// `true` in whatever case.
bool is_true(std::string_view text);

/// What this machine lacks: kind give_up, cause configuration.
Error not_configured(std::string message);

}  // namespace sas::credentials
