// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an answer means for what was sent: taken, to be tried again, or never to be taken.

#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/client.hpp"

namespace sas::alerts {

/// Taken where the status is 2xx. Else the error's kind tells: `give_up`, the receiver will never take this;
/// `retry` and `wait`, it may another time. A refusal of who we are (401, 403, 407) may end within the hour,
/// since the token may be about to be replaced. `now` is for a Retry-After that names a time.
Result<void> judge(const http::Response& response, Time now);

/// Of an exchange without an answer, to be tried again: only its cause, since the message names the host, and
/// an address may be a secret.
Error no_answer(const Error& error);

/// For the log, in a few words: cause, message, status, and the receiver's own code.
std::string blame(const Error& error);

}  // namespace sas::alerts
