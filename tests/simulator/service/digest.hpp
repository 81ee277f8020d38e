// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two hashes of ACS3-HMAC-SHA256, as lower-case hexadecimal.

#include <string>
#include <string_view>

namespace sas::simulator {

std::string sha256_hex(std::string_view text);
std::string hmac_sha256_hex(std::string_view key, std::string_view text);

}  // namespace sas::simulator
