// SPDX-License-Identifier: Apache-2.0
// Any bytes as the values of a call: what is signed can be taken apart again, so nothing in a value passes
// for structure.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/require.hpp"
#include "signing/acs3_signer.hpp"

namespace {

using sas::signing::NameValue;

std::vector<std::string> split(std::string_view text, char mark) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == mark) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::string percent_decode(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    sas::fuzz::require(i + 2 < text.size());
    plain += static_cast<char>(std::stoi(std::string{text.substr(i + 1, 2)}, nullptr, 16));
    i += 2;
  }
  return plain;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(bytes), size};
  std::vector<NameValue> query;
  const std::vector<std::string> parts = split(input, '\0');
  for (std::size_t i = 0; i + 1 < parts.size(); i += 2)
    query.emplace_back(parts[i], parts[i + 1]);

  const std::string canonical = sas::signing::canonical_query(query);
  std::vector<NameValue> decoded;
  if (!query.empty()) {
    for (const std::string& pair : split(canonical, '&')) {
      const std::vector<std::string> sides = split(pair, '=');
      sas::fuzz::require(sides.size() == 2);
      decoded.emplace_back(percent_decode(sides[0]), percent_decode(sides[1]));
    }
  }
  std::ranges::stable_sort(query, {}, &NameValue::first);
  sas::fuzz::require(decoded == query);

  const sas::AccessKey key{.id = "id", .secret = sas::Secret{std::string{input}}, .security_token = {}};
  sas::signing::Call call;
  call.method = "POST";
  call.host = "h";
  call.query = query;
  call.body = input;
  const auto ready = sas::signing::sign(call, key, sas::Time{}, "nonce");
  sas::fuzz::require(ready.target == (query.empty() ? "/" : "/?" + canonical));
  return 0;
}
