// SPDX-License-Identifier: Apache-2.0
#pragma once
// A request as it goes over the wire (RFC 9112).

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "http/client.hpp"
#include "http/url.hpp"

namespace sas::http {

/// Head and body in one piece. Adds Host, User-Agent (unless empty) and Content-Length where the caller gave
/// none. An error (a bug of the caller's) where the method or a header would break out of its line.
Result<std::string> request_text(const Request& request, const Url& url, std::string_view user_agent);

/// The head that asks a proxy for a tunnel to `endpoint` (`host:port`; RFC 9110, section 9.3.6).
std::string connect_text(std::string_view endpoint, std::string_view authorization,
                         std::string_view user_agent);

}  // namespace sas::http
