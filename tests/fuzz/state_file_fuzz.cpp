// SPDX-License-Identifier: Apache-2.0
// Any bytes as a state file, and as the lines of a section whose checksum is right, since no fuzzer finds
// that. What is read can be written, and is read back as the same.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/require.hpp"
#include "snapshot/decode.hpp"
#include "snapshot/section_text.hpp"

namespace {

using sas::fuzz::require;
using sas::snapshot::TargetState;

std::string written(const std::vector<TargetState>& states) {
  std::string text{sas::snapshot::header_line()};
  for (const TargetState& state : states) {
    for (const std::string& piece : sas::snapshot::encode(state).pieces)
      text += piece;
  }
  return text + sas::snapshot::end_line(states.size());
}

std::string in_a_section(std::string_view lines) {
  std::string body = R"({"target":{"name":"a","endpoint":"e","last_number":1}})";
  body.append("\n").append(lines);
  if (!body.ends_with('\n')) body += '\n';
  const auto count = static_cast<std::uint64_t>(std::ranges::count(body, '\n'));
  return std::string{sas::snapshot::header_line()} + body +
         sas::snapshot::closing_line(count, sas::snapshot::extend_checksum(0, body)) +
         sas::snapshot::end_line(1) + sas::snapshot::told_line("a", 1);
}

void check(std::string_view text) {
  const auto states = sas::snapshot::decode(text);
  if (!states) {
    require(states.error().message.starts_with("line "));
    require(states.error().message.size() < 16'384);
    return;
  }
  const std::string again = written(*states);
  const auto read = sas::snapshot::decode(again);
  require(read.has_value());
  require(written(*read) == again);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(bytes), size};
  check(input);
  check(in_a_section(input));
  return 0;
}
