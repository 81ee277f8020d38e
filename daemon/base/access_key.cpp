// SPDX-License-Identifier: Apache-2.0
#include "base/access_key.hpp"

#include <fmt/format.h>

namespace sas {

std::string_view id_suffix(std::string_view id) {
  constexpr std::size_t kShown = 4;
  return id.size() > 2 * kShown ? id.substr(id.size() - kShown) : std::string_view{};
}

std::string masked_id(std::string_view id) {
  return fmt::format("***{}", id_suffix(id));
}

}  // namespace sas
