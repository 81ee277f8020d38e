// SPDX-License-Identifier: Apache-2.0
#pragma once
// What to tell about a key that the schema does not have.

#include <string>
#include <string_view>

namespace sas::settings {

/// `section` is a path of the schema, such as `targets[].credentials`; `leaf` is what was written there.
std::string unknown_key(std::string_view section, std::string_view leaf);

}  // namespace sas::settings
