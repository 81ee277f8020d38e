// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who signs: an access key pair and, with temporary credentials, the token that goes with it.

#include <optional>
#include <string>
#include <string_view>

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

/// What is shown of an access key's id: its last four characters; nothing where they would be half of it.
std::string_view id_suffix(std::string_view id);

/// `***` and the suffix.
std::string masked_id(std::string_view id);

}  // namespace sas
