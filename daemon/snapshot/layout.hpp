// SPDX-License-Identifier: Apache-2.0
#pragma once
// How the state file is put together, and where its parts stand: a header line; a section a target, closed by
// a line with the count of its lines and a CRC-64 over them; a line that ends the sections; and after it
// lines that grow there one by one, each saying that a piece of news has been told. All of it is JSON lines.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace sas::snapshot {

/// The first line of a section begins like this, and no other line does.
inline constexpr std::string_view kSectionBegins = R"({"target":)";

// Whole lines, line feed included.
std::string_view header_line();
std::string closing_line(std::uint64_t lines, std::uint64_t checksum);
std::string end_line(std::size_t sections);
std::string told_line(std::string_view target, std::uint64_t number);

/// Continues a CRC-64 (ECMA-182, reflected) that stands at `checksum`; 0 begins one.
std::uint64_t extend_checksum(std::uint64_t checksum, std::string_view bytes);

/// A section in the file's text.
struct SectionPlace {
  std::size_t offset = 0;
  std::size_t size = 0;        // the closing line included
  std::size_t body = 0;        // the same without it
  std::size_t first_line = 1;  // counts from 1
  std::uint64_t checksum = 0;  // of `size` bytes
};

struct Layout {
  std::vector<SectionPlace> sections;
  std::size_t told_offset = 0;  // of what stands after the sections
};

/// Fails where any byte of the header, the sections or their end is not as it was written; the error says in
/// which line, and what should be there.
Result<Layout> find_sections(std::string_view text);

/// A fault in the file's text: `line 3: …`.
Error fault_in_line(std::size_t line, std::string_view what);

}  // namespace sas::snapshot
