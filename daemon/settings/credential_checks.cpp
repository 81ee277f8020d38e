// SPDX-License-Identifier: Apache-2.0
#include "settings/credential_checks.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace sas::settings {
namespace {

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

bool is_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

bool consists_of(std::string_view text, std::string_view besides_letters_and_digits) {
  return std::ranges::all_of(text, [&](char letter) {
    return is_letter(letter) || is_digit(letter) ||
           besides_letters_and_digits.find(letter) != std::string_view::npos;
  });
}

// `acs:ram::ACCOUNT:KIND/NAME`
bool is_arn(std::string_view text, std::string_view kind) {
  constexpr std::string_view kStart = "acs:ram::";
  if (!text.starts_with(kStart)) return false;
  text.remove_prefix(kStart.size());
  const std::size_t colon = std::min(text.find(':'), text.size());
  const std::string_view account = text.substr(0, colon);
  text.remove_prefix(std::min(colon + 1, text.size()));
  if (account.empty() || !std::ranges::all_of(account, is_digit) || !text.starts_with(kind)) return false;
  text.remove_prefix(kind.size());
  return text.size() > 1 && text.front() == '/' && consists_of(text, "/.-_@");
}

}  // namespace

std::optional<Problem> check_role_arn(std::string_view text) {
  if (is_arn(text, "role")) return std::nullopt;
  return Problem{"is not the ARN of a role; it looks like acs:ram::1234567890123456:role/name"};
}

std::optional<Problem> check_oidc_provider_arn(std::string_view text) {
  if (is_arn(text, "oidc-provider")) return std::nullopt;
  return Problem{
      "is not the ARN of an OIDC provider; it looks like acs:ram::1234567890123456:oidc-provider/name"};
}

std::optional<Problem> check_session_name(std::string_view text) {
  if (text.size() >= 2 && text.size() <= 64 && consists_of(text, ".@-_")) return std::nullopt;
  return Problem{"is no session name; write 2 to 64 letters, digits, dots, @, - or _"};
}

std::optional<Problem> check_external_id(std::string_view text) {
  if (text.size() >= 2 && text.size() <= 1224 && consists_of(text, "+=,.@:/-_")) return std::nullopt;
  return Problem{"is no external id; write 2 to 1224 letters, digits or any of +=,.@:/-_"};
}

std::optional<Problem> check_policy(std::string_view text) {
  if (text.size() <= 2048 && text.starts_with('{') && text.ends_with('}')) return std::nullopt;
  return Problem{"is no policy; write a JSON object of at most 2048 characters on one line"};
}

std::optional<Problem> check_region(std::string_view text) {
  const bool fits = text.size() <= 64 && text.find('-') != std::string_view::npos && consists_of(text, "-") &&
                    is_letter(text.front()) && text.back() != '-';
  if (fits) return std::nullopt;
  return Problem{"is no region; it looks like cn-hangzhou or ap-southeast-1"};
}

std::optional<Problem> check_role_name(std::string_view text) {
  if (text.size() <= 64 && consists_of(text, ".-_")) return std::nullopt;
  return Problem{"is no name of a RAM role; write its name alone, not its ARN"};
}

std::optional<Problem> check_uri(std::string_view text) {
  const bool has_scheme = text.starts_with("http://") || text.starts_with("https://");
  if (!has_scheme) return Problem{"does not begin with http:// or https://"};
  const std::string_view rest = text.substr(text.find("//") + 2);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  if (authority.empty()) return Problem{"names no host"};
  if (authority.find('@') != std::string_view::npos) return Problem{"holds a user before the host"};
  if (text.find_first_of("# ") != std::string_view::npos) return Problem{"holds a blank or a #"};
  return std::nullopt;
}

}  // namespace sas::settings
