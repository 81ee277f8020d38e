// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who signs: an access key pair and, with temporary credentials, the token that goes with it.

#include <optional>
#include <string>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace sas {

struct AccessKey {
  std::string id;  // not secret, but shown by its last four characters only
  Secret secret;
  Secret security_token = {};           // empty: a long-lived key
  std::optional<Time> expiration = {};  // by the clock of whoever issued it; none: not told, or never

  friend bool operator==(const AccessKey&, const AccessKey&) = default;
};

}  // namespace sas
