// SPDX-License-Identifier: Apache-2.0
#pragma once
// The same for tests of what uses Asio.

#include "precompiled_asio.hpp"  // the daemon's

#include "support/precompiled.hpp"
