// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who signs: an access key pair and, with temporary credentials, the token that goes with it.

#include <string>

#include "base/secret.hpp"

namespace sas {

struct AccessKey {
  std::string id;  // not secret, but shown by its last four characters only
  Secret secret;
  Secret security_token;  // empty: a long-lived key

  friend bool operator==(const AccessKey&, const AccessKey&) = default;
};

}  // namespace sas
