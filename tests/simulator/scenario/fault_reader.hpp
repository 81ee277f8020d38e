// SPDX-License-Identifier: Apache-2.0
#pragma once
// A fault as a scenario writes it.

#include "simulator/scenario/fault.hpp"
#include "simulator/scenario/reader.hpp"

namespace sas::simulator {

Fault read_fault(MapReader& reader);

}  // namespace sas::simulator
