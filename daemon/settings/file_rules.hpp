// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rules between keys that stand apart, for when the whole file has been read.

#include "settings/filled.hpp"
#include "settings/schema.hpp"

namespace sas::settings {

void check_file(const Draft& draft, const Filled& file);

}  // namespace sas::settings
