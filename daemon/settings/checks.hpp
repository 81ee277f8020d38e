// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rules for single texts. Each returns nothing, or what is wrong and what would be right, to be read after
// the value.

#include <optional>
#include <string_view>

#include "settings/expand.hpp"

namespace sas::settings {

/// A target's name: what a label and a log line can bear. At most 64 characters, no control characters, no
/// blank at either end.
std::optional<Problem> check_name(std::string_view text);

/// `https://host[:port]`, or `http://` where it is written out. The host is a name, an IPv4 address or an
/// IPv6 address in brackets; nothing stands before or after.
std::optional<Problem> check_endpoint(std::string_view text);

/// What people catch when they copy a key: blanks, brackets, quotes.
std::optional<Problem> check_key(std::string_view text);

/// `host:port`, `[v6]:port` or `:port` for all addresses; port 0 lets the kernel choose.
std::optional<Problem> check_listen_address(std::string_view text);

/// A path to serve metrics under: begins with a slash, holds no blank, `?`, `#` or `%`, and none of the
/// daemon's own paths.
std::optional<Problem> check_telemetry_path(std::string_view text);

/// A sink's name: 1 to 64 of `a-z0-9_-`.
std::optional<Problem> check_sink_name(std::string_view text);

/// What a task type may be made of, since the API may add to those that it documents: 1 to 64 letters, digits
/// and
/// `_-.`.
std::optional<Problem> check_task_type(std::string_view text);

}  // namespace sas::settings
