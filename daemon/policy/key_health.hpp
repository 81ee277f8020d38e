// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether the key that a target signs with will last.

#include <optional>

#include "base/time.hpp"

namespace sas::policy {

struct KeyHealth {
  bool has_signed = false;      // before, nothing is known
  std::optional<Time> expires;  // of the key that signed last; none: it does not
  bool renewal_failed = false;  // the last try to fetch a new one
};

/// The key expires within `limit` and no new one could be had, or it has expired. A limit of zero: never.
inline bool is_expiring(const KeyHealth& key, Milliseconds limit, Time now) {
  if (limit <= Milliseconds{0} || !key.expires) return false;
  return now >= *key.expires || (key.renewal_failed && now >= *key.expires - limit);
}

}  // namespace sas::policy
