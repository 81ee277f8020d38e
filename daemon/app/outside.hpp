// SPDX-License-Identifier: Apache-2.0
#pragma once
// What every command takes of the world outside when it calls services.

#include <functional>

#include "http/client.hpp"

namespace sas::app {

/// Through the proxy that the environment names, under the program's name.
http::ClientSettings client_settings();

/// Numbers in [0, 1), other ones in each process.
std::function<double()> make_random();

}  // namespace sas::app
