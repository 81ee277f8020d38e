// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rules for the addresses that alerts go to and link to. See checks.hpp.

#include <optional>
#include <string_view>

#include "settings/expand.hpp"

namespace sas::settings {

/// `https://` or `http://`, host, port if any, path and query if any, of the characters of RFC 3986; no user,
/// no fragment.
std::optional<Problem> check_sink_url(std::string_view text);

/// Where an Alertmanager is: the same, without a query, and without the path of its API, which is added.
std::optional<Problem> check_alertmanager_url(std::string_view text);

/// The same as check_sink_url(), without a query, and with a slash at its end.
std::optional<Problem> check_runbook_url(std::string_view text);

/// Scheme, host and port.
std::string_view origin_of(std::string_view url);

/// Whether what is sent there can be read on the way: http://, and not to this machine itself.
bool is_in_the_clear(std::string_view url);

}  // namespace sas::settings
