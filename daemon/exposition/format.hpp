// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two text formats that Prometheus reads.

#include <cstdint>
#include <string_view>

namespace sas::exposition {

enum class Format : std::uint8_t {
  text,         // Prometheus text format 0.0.4
  openmetrics,  // OpenMetrics 1.0.0
};

/// The Content-Type of an answer in that format.
std::string_view content_type(Format format);

/// The format that a scraper's Accept header prefers, as RFC 9110, section 12.5.1 weighs it; text where it
/// names neither or cannot be read, OpenMetrics where it likes both the same.
Format negotiate(std::string_view accept);

}  // namespace sas::exposition
