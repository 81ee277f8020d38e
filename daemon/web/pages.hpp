// SPDX-License-Identifier: Apache-2.0
#pragma once
// The pages for people, as HTML.

#include <string>
#include <string_view>

#include "web/site.hpp"

namespace sas::web {

/// `<`, `>`, `&` and both quotes written so that text stays text, in element content and in quoted
/// attributes.
std::string escape_html(std::string_view text);

/// The page at `/`: name, version, and links to what this server has.
std::string landing_page(const Site& site);

}  // namespace sas::web
