// SPDX-License-Identifier: Apache-2.0
#pragma once
// A body as a gateway would compress it.

#include <string>
#include <string_view>

namespace sas::simulator {

std::string gzip(std::string_view text);

}  // namespace sas::simulator
