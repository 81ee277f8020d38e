// SPDX-License-Identifier: Apache-2.0
#include "web/base64.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <openssl/evp.h>

namespace sas::web {
namespace {

bool is_of_alphabet(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

}  // namespace

std::optional<Secret> decode_base64(std::string_view text) {
  const std::size_t padding = text.ends_with("==") ? 2 : (text.ends_with("=") ? 1 : 0);
  const std::string_view letters = text.substr(0, text.size() - padding);
  // OpenSSL would overlook blanks.
  if (text.size() % 4 != 0 || !std::all_of(letters.begin(), letters.end(), is_of_alphabet))
    return std::nullopt;
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size =
      ::EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  return Secret(std::move(bytes));
}

}  // namespace sas::web
