// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which request gets which answer. The table in routes.cpp is the whole of what this server offers.

#include "web/answer.hpp"
#include "web/request.hpp"
#include "web/site.hpp"

namespace sas::web {

/// The answer to a request, 404 and 405 included. A HEAD is answered as its GET; its body is left out by
/// whoever sends it.
Answer respond(const Site& site, const Request& request);

/// Whether what is asked is how the daemon is, and nothing else.
bool asks_for_health(const Site& site, const Request& request);

}  // namespace sas::web
