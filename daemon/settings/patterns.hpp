// SPDX-License-Identifier: Apache-2.0
#pragma once
// The checks of texts once more, as regular expressions for editors.

#include <string>
#include <string_view>

#include "settings/value.hpp"

namespace sas::settings {

/// What every text holds: no control characters, and not nothing.
std::string plain_pattern();

/// Numbers with units as Prometheus has them: `1h30m`, or `0`.
std::string duration_pattern();

/// What a check lets through. Of a check without a pattern, and of none, it is every text. ECMAScript's
/// dialect.
std::string pattern_of(Check check);

/// An address that others on the network cannot read on the way; see is_in_the_clear().
std::string private_address_pattern();

/// Also what holds a `${NAME}`, as nobody knows what that will be.
std::string or_variable(std::string_view pattern);

/// Holds a `${NAME}`.
std::string variable_pattern();

}  // namespace sas::settings
