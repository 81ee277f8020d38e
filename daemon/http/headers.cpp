// SPDX-License-Identifier: Apache-2.0
#include "http/headers.hpp"

#include <algorithm>

namespace sas::http {
namespace {

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

}  // namespace

bool same_header_name(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

const Header* find_header(const std::vector<Header>& headers, std::string_view name) {
  const auto found = std::ranges::find_if(
      headers, [name](const Header& header) { return same_header_name(header.name, name); });
  return found == headers.end() ? nullptr : &*found;
}

std::string_view Response::header(std::string_view name) const {
  const Header* found = find_header(headers, name);
  return found == nullptr ? std::string_view{} : std::string_view{found->value};
}

}  // namespace sas::http
