// SPDX-License-Identifier: Apache-2.0
#pragma once
// The text that both sides of a call hash: the request in the one spelling that ACS3 allows. Pure string
// work, no cryptography. Source:
// https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sas::signing {

using NameValue = std::pair<std::string, std::string>;

/// RFC 3986: letters, digits and `-_.~` stay, each other byte becomes `%XX` in upper case; a space is `%20`.
std::string percent_encode(std::string_view text);

/// `A=1&B=%20`: sorted by name as bytes (so `X.10` comes before `X.2`), empty values as `A=`. It is also what
/// goes on the wire, so that the service cannot re-encode it in another way.
std::string canonical_query(std::vector<NameValue> query);

/// The headers as they are signed and must be sent: names in lower case and sorted, values without the white
/// space around them.
std::vector<NameValue> canonical_headers(std::vector<NameValue> headers);

/// `host;x-acs-action;…`
std::string signed_header_names(const std::vector<NameValue>& headers);

/// `headers` as canonical_headers() gives them; `path` percent-encoded already; `body_sha256` in lower-case
/// hex.
std::string canonical_request(std::string_view method, std::string_view path, std::string_view query,
                              const std::vector<NameValue>& headers, std::string_view body_sha256);

}  // namespace sas::signing
