// SPDX-License-Identifier: Apache-2.0
#pragma once
// Base64 with padding (RFC 4648, section 4).

#include <optional>
#include <string_view>

#include "base/secret.hpp"

namespace sas::web {

/// Nothing where the text is not whole groups of the alphabet.
std::optional<Secret> decode_base64(std::string_view text);

}  // namespace sas::web
