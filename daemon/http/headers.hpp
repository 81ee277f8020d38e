// SPDX-License-Identifier: Apache-2.0
#pragma once
// Header fields by name, whatever the case of its letters (RFC 9110, section 5.1).

#include <string_view>
#include <vector>

#include "http/client.hpp"

namespace sas::http {

bool same_header_name(std::string_view left, std::string_view right);

/// The first of that name; null where there is none.
const Header* find_header(const std::vector<Header>& headers, std::string_view name);

}  // namespace sas::http
