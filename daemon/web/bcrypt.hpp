// SPDX-License-Identifier: Apache-2.0
#pragma once
// Passwords against hashes of bcrypt. Takes as long as the hash's cost says: some 70 ms at 10, twice as much
// for each one more.

#include "base/secret.hpp"

namespace sas::web {

/// Whether the hash is the password's. A password with a zero byte is nobody's.
bool is_password_of(const Secret& password, const Secret& hash);

}  // namespace sas::web
