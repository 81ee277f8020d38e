// SPDX-License-Identifier: Apache-2.0
#include "tasks/label_text.hpp"

#include <array>
#include <cstddef>

namespace sas::tasks {
namespace {

using Byte = unsigned char;

struct Lead {
  Byte first;  // the range of the lead byte
  Byte last;
  std::size_t size;
  Byte low;  // the range of the byte after it; later ones are 80 to BF
  Byte high;
};

// Unicode 15, table 3-7: the well-formed sequences of more than one byte.
constexpr std::array<Lead, 8> kLeads{{{0xC2, 0xDF, 2, 0x80, 0xBF},
                                      {0xE0, 0xE0, 3, 0xA0, 0xBF},
                                      {0xE1, 0xEC, 3, 0x80, 0xBF},
                                      {0xED, 0xED, 3, 0x80, 0x9F},
                                      {0xEE, 0xEF, 3, 0x80, 0xBF},
                                      {0xF0, 0xF0, 4, 0x90, 0xBF},
                                      {0xF1, 0xF3, 4, 0x80, 0xBF},
                                      {0xF4, 0xF4, 4, 0x80, 0x8F}}};

// The length of the well-formed character at the start of the text; 0 where there is none.
std::size_t character_size(std::string_view text) {
  const auto at = [text](std::size_t i) { return static_cast<Byte>(text[i]); };
  if (at(0) < 0x80) return 1;
  for (const Lead& lead : kLeads) {
    if (at(0) < lead.first || at(0) > lead.last) continue;
    if (text.size() < lead.size || at(1) < lead.low || at(1) > lead.high) return 0;
    for (std::size_t i = 2; i < lead.size; ++i) {
      if (at(i) < 0x80 || at(i) > 0xBF) return 0;
    }
    return lead.size;
  }
  return 0;
}

}  // namespace

void append_label(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append("=\"");
  while (!value.empty()) {
    const std::size_t size = character_size(value);
    switch (value.front()) {
      case '\\':
        text += "\\\\";
        break;
      case '"':
        text += "\\\"";
        break;
      case '\n':
        text += "\\n";
        break;
      default:
        text.append(size == 0 ? "\xEF\xBF\xBD" : value.substr(0, size));
    }
    value.remove_prefix(size == 0 ? 1 : size);
  }
  text += '"';
}

}  // namespace sas::tasks
