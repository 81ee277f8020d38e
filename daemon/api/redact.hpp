// SPDX-License-Identifier: Apache-2.0
#pragma once
// Cuts out of the service's messages what must not get into a log. A service that finds another signature
// than ours answers with the whole text that it signed, headers and security token included.

#include <string>
#include <string_view>

namespace sas::api {

/// Nothing is left of canonical requests and strings to sign (all after them goes too, since they have no end
/// mark), of the values of signatures, tokens, secrets and Authorization headers, nor of any long run of
/// characters as secrets are made of. Access key ids keep their last four characters.
std::string redact(std::string_view text);

}  // namespace sas::api
