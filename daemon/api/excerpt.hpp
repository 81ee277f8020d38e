// SPDX-License-Identifier: Apache-2.0
#pragma once
// Foreign text made fit for a log line or a message.

#include <cstddef>
#include <string>
#include <string_view>

namespace sas::api {

/// The same text as valid UTF-8: each byte that belongs to no character becomes U+FFFD.
std::string mend_utf8(std::string_view text);

/// The beginning of the text on one line: white space and control characters become single spaces, what is
/// longer than `limit` bytes ends in `…`. Valid UTF-8 whatever goes in.
std::string excerpt(std::string_view text, std::size_t limit);

}  // namespace sas::api
