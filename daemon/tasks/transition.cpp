// SPDX-License-Identifier: Apache-2.0
#include "tasks/transition.hpp"

namespace sas::tasks {

std::string_view to_string(Observed observed) {
  return observed == Observed::direct ? "direct" : "inferred";
}

}  // namespace sas::tasks
