// SPDX-License-Identifier: Apache-2.0
#pragma once
// From the options to the end of the program.

#include "simulator/server/options.hpp"

namespace sas::simulator {

/// Returns when SIGTERM or SIGINT came. Throws std::exception, its what() for a person, where it cannot
/// begin.
void run(const Options& options);

}  // namespace sas::simulator
