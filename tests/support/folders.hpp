// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where the files of the tests lie. Told by one file only: the rest compiles to the same in every clone, so a
// compiler's cache serves them all.

#include <string>

namespace sas::support {

/// tests/data
std::string data_folder();

/// The simulator's.
std::string scenarios_folder();

}  // namespace sas::support
