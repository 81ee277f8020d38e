// SPDX-License-Identifier: Apache-2.0
#pragma once
// Undoes gzip (RFC 1952), however many members, but never into more bytes than allowed.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace sas::http {

/// An error where the data is damaged, cut short, followed by something else, or larger than `limit` when
/// unpacked.
Result<std::string> gunzip(std::string_view packed, std::uint64_t limit);

}  // namespace sas::http
