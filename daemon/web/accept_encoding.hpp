// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether a client wants its answer gzipped (RFC 9110, section 12.5.3).

#include <string_view>

#include "web/answer.hpp"

namespace sas::web {

/// gzip where the Accept-Encoding list allows it and does not like identity better; identity, which everybody
/// can read, in all other cases, malformed lists included.
Encoding negotiate_encoding(std::string_view accept_encoding);

}  // namespace sas::web
