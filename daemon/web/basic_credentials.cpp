// SPDX-License-Identifier: Apache-2.0
#include "web/basic_credentials.hpp"

#include <algorithm>
#include <string_view>

#include "web/base64.hpp"

namespace sas::web {
namespace {

constexpr std::string_view kScheme = "basic ";  // of any case

bool has_scheme(std::string_view field) {
  if (field.size() < kScheme.size()) return false;
  return std::equal(kScheme.begin(), kScheme.end(), field.begin(), [](char wanted, char given) {
    return wanted == (given >= 'A' && given <= 'Z' ? static_cast<char>(given - 'A' + 'a') : given);
  });
}

}  // namespace

std::optional<BasicCredentials> basic_credentials(const Secret& authorization) {
  std::string_view field = authorization.reveal();
  if (!has_scheme(field)) return std::nullopt;
  field.remove_prefix(kScheme.size());
  field.remove_prefix(std::min(field.find_first_not_of(' '), field.size()));
  const std::optional<Secret> decoded = decode_base64(field);
  if (!decoded) return std::nullopt;
  const std::string_view both = decoded->reveal();
  const std::size_t colon = both.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  return BasicCredentials{.user = std::string(both.substr(0, colon)),
                          .password = Secret(std::string(both.substr(colon + 1)))};
}

}  // namespace sas::web
