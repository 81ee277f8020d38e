// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the platform's error codes mean for the caller. One table: a code that is met in the field is one more
// line. Source: the API's reference page, the platform's list of common error codes, and the official
// clients.

#include <optional>
#include <string_view>

#include "base/error.hpp"

namespace sas::api {

struct Verdict {
  ErrorKind kind;
  ErrorCause cause;

  friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// Nothing where the code is not known. `clock` and `token` are worth one more attempt, after our clock is
/// corrected or the token renewed; the nonce of `SignatureNonceUsed` is fresh in each attempt anyhow.
std::optional<Verdict> verdict_of_code(std::string_view code);

/// For answers whose code says nothing.
Verdict verdict_of_status(unsigned http_status);

}  // namespace sas::api
