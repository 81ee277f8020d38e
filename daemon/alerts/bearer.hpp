// SPDX-License-Identifier: Apache-2.0
#pragma once
// RFC 6750: who we are, for a receiver that asks.

#include <string>

#include "base/secret.hpp"
#include "http/client.hpp"

namespace sas::alerts {

/// Adds nothing where there is no token.
inline void authorize(http::Request& request, const Secret& token) {
  if (token.empty()) return;
  std::string value("Bearer ");
  request.headers.push_back({.name = "Authorization", .value = value.append(token.reveal())});
}

}  // namespace sas::alerts
