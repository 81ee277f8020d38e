// SPDX-License-Identifier: Apache-2.0
#pragma once
// What to tell where a value of another kind stands than is needed.

#include <string>
#include <string_view>

#include "settings/document.hpp"

namespace sas::settings {

/// `a list is needed here; found a single value`.
std::string wanted(std::string_view what, const Node& found);

}  // namespace sas::settings
