// SPDX-License-Identifier: Apache-2.0
#pragma once
// A certificate authority and a server's certificate, made on the spot, so that no test needs a stored key.

#include <string>

namespace sas::simulator {

/// Writes ca.pem, server.pem (for 127.0.0.1, ::1 and localhost) and server.key (readable by the owner alone)
/// to the folder, which is made where it is missing. Throws std::runtime_error with a sentence where that
/// fails.
void make_certificates(const std::string& folder);

}  // namespace sas::simulator
