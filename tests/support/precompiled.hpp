// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the daemon's files have had parsed once, and GoogleTest: half of a test's time in the compiler.

#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "precompiled_asio.hpp"
