// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an Authorization field says (RFC 7617).

#include <optional>
#include <string>

#include "base/secret.hpp"

namespace sas::web {

struct BasicCredentials {
  std::string user;
  Secret password;
};

/// Nothing where the field is of another scheme, malformed, or empty.
std::optional<BasicCredentials> basic_credentials(const Secret& authorization);

}  // namespace sas::web
