// SPDX-License-Identifier: Apache-2.0
#include "base/version.hpp"

namespace sas {

std::string_view version() {
  return SAS_VERSION;
}

std::string_view revision() {
  return SAS_REVISION;
}

}  // namespace sas
