// SPDX-License-Identifier: Apache-2.0
#include "support/folders.hpp"

namespace sas::support {

std::string data_folder() {
  return SAS_TESTS "/data";
}

std::string scenarios_folder() {
  return SAS_TESTS "/simulator/scenarios";
}

}  // namespace sas::support
