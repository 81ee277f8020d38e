// SPDX-License-Identifier: Apache-2.0
#include "snapshot/json_text.hpp"

#include <algorithm>

namespace sas::snapshot {
namespace {

bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  out += '\\';
  if (c == '\n') {
    out += 'n';
  } else if (byte < 0x20) {
    out.append("u00").append(1, kHex[byte >> 4U]).append(1, kHex[byte & 15U]);
  } else {
    out += c;
  }
}

}  // namespace

void append_value(std::string& out, std::string_view text) {
  out += '"';
  const char* const end = text.data() + text.size();
  for (const char* begin = text.data();;) {
    const char* const stop = std::find_if(begin, end, needs_escape);
    out.append(begin, stop);
    if (stop == end) break;
    append_escaped(out, *stop);
    begin = stop + 1;
  }
  out += '"';
}

}  // namespace sas::snapshot
