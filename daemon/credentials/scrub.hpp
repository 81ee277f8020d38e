// SPDX-License-Identifier: Apache-2.0
#pragma once
// What others answer may repeat what they were told: takes the secrets out of it again.

#include <string>

#include "base/secret.hpp"

namespace sas::credentials {

/// `text` with *** wherever `secret` stands in it, as it is or percent-encoded. One so short that texts may
/// hold it by chance is let be.
std::string scrub(std::string text, const Secret& secret);

}  // namespace sas::credentials
