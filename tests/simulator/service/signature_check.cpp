// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/signature_check.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/algorithm/string/case_conv.hpp>
#include <fmt/format.h>
#include <openssl/crypto.h>

#include "simulator/service/digest.hpp"
#include "simulator/service/percent.hpp"

namespace sas::simulator {
namespace {

constexpr std::string_view kAlgorithm = "ACS3-HMAC-SHA256";
constexpr std::array<std::string_view, 6> kRequired{
    "host", "x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"};

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t end = 0; end != std::string_view::npos; begin = end + 1) {
    end = text.find(at, begin);
    parts.emplace_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
  }
  return parts;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

std::string canonical_query(std::string_view target) {
  Parameters parameters = parse_parameters(query_of(target)).value_or(Parameters{});
  std::sort(parameters.begin(), parameters.end());
  std::string text;
  for (const auto& [key, value] : parameters)
    text += fmt::format("{}{}={}", text.empty() ? "" : "&", percent_encode(key), percent_encode(value));
  return text;
}

bool must_be_signed(std::string_view name) {
  return name == "content-type" || name.starts_with("x-acs-");
}

/// What is signed too little, for a person; empty: all is well.
std::string lacking(const Request& request, const Authorization& authorization) {
  const std::set<std::string, std::less<>> named(authorization.signed_headers.begin(),
                                                 authorization.signed_headers.end());
  for (const std::string_view name : kRequired) {
    if (!find_header(request, name)) return fmt::format("The header {} is missing.", name);
    if (!named.contains(name)) return fmt::format("The header {} is not signed.", name);
  }
  for (const Header& header : request.headers) {
    const std::string name = boost::algorithm::to_lower_copy(header.name);
    if (must_be_signed(name) && !named.contains(name))
      return fmt::format("The header {} is not signed.", name);
  }
  for (const std::string& name : named) {
    if (!find_header(request, name)) return fmt::format("The signed header {} is missing.", name);
  }
  return "";
}

std::optional<ApiError> date_refusal(const Request& request, Time now) {
  const std::string_view text = trim(*find_header(request, "x-acs-date"));
  const auto date = parse_date(text);
  if (!date) return api_error("InvalidTimeStamp.Format", text);
  if (std::chrono::abs(*date - now) > kSignatureWindow) return api_error("InvalidTimeStamp.Expired", text);
  return std::nullopt;
}

std::optional<ApiError> token_refusal(const Request& request, const AccessKey& key) {
  const auto token = find_header(request, "x-acs-security-token");
  if (key.security_token.empty()) {
    return token ? std::optional(api_error("InvalidSecurityToken.MismatchWithAccessKey")) : std::nullopt;
  }
  const auto id = find_header(request, "x-acs-accesskey-id");
  if (!token || !id) return api_error("MissingSecurityToken");
  if (trim(*token) == trim(key.security_token.reveal()) && trim(*id) == key.id) return std::nullopt;
  return api_error("InvalidSecurityToken.MismatchWithAccessKey");
}

std::optional<ApiError> signature_refusal(const Request& request, const Authorization& authorization,
                                          const AccessKey& key) {
  const std::string canonical = canonical_request(request, authorization.signed_headers);
  const std::string to_sign = fmt::format("{}\n{}", kAlgorithm, sha256_hex(canonical));
  const std::string expected = hmac_sha256_hex(key.secret.reveal(), to_sign);
  const std::string& given = authorization.signature;
  if (expected.size() == given.size() && CRYPTO_memcmp(expected.data(), given.data(), given.size()) == 0) {
    return std::nullopt;
  }
  return api_error(
      "SignatureDoesNotMatch",
      fmt::format("server StringToSign is [{}] server CanonicalRequest is [{}]", to_sign, canonical));
}

}  // namespace

std::optional<Authorization> parse_authorization(std::string_view value) {
  if (!value.starts_with(kAlgorithm) || value.substr(kAlgorithm.size(), 1) != " ") return std::nullopt;
  Authorization authorization;
  for (const std::string& part : split(value.substr(kAlgorithm.size() + 1), ',')) {
    const std::string_view text = trim(part);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = text.substr(0, equals);
    const std::string_view content = text.substr(equals + 1);
    if (name == "Credential")
      authorization.credential = content;
    else if (name == "SignedHeaders")
      authorization.signed_headers = split(content, ';');
    else if (name == "Signature")
      authorization.signature = content;
    else
      return std::nullopt;
  }
  if (authorization.credential.empty() || authorization.signature.empty()) return std::nullopt;
  return authorization;
}

std::string canonical_request(const Request& request, const std::vector<std::string>& signed_headers) {
  const std::set<std::string> names(signed_headers.begin(), signed_headers.end());
  std::string headers;
  std::string list;
  for (const std::string& name : names) {
    headers += fmt::format("{}:{}\n", name, trim(find_header(request, name).value_or("")));
    list += (list.empty() ? "" : ";") + name;
  }
  const std::string_view path = path_of(request.target);
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}", request.method, path.empty() ? "/" : path,
                     canonical_query(request.target), headers, list, sha256_hex(request.body));
}

std::optional<Time> parse_date(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (kForm[i] == '0' ? !digit : text[i] != kForm[i]) return std::nullopt;
  }
  const auto number = [text](std::size_t at, std::size_t count) {
    unsigned value = 0;
    std::from_chars(text.data() + at, text.data() + at + count, value);
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year{static_cast<int>(number(0, 4))},
                                        std::chrono::month{number(5, 2)}, std::chrono::day{number(8, 2)}};
  if (!day.ok() || number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 60) return std::nullopt;
  return std::chrono::sys_days{day} + std::chrono::hours{number(11, 2)} +
         std::chrono::minutes{number(14, 2)} + std::chrono::seconds{number(17, 2)};
}

SignatureCheck::SignatureCheck(std::vector<AccessKey> keys) : keys_(std::move(keys)) {}

const AccessKey* SignatureCheck::find(std::string_view id) const {
  const auto found =
      std::find_if(keys_.begin(), keys_.end(), [id](const AccessKey& key) { return key.id == id; });
  return found == keys_.end() ? nullptr : &*found;
}

bool SignatureCheck::use_nonce(const std::string& nonce, Time now) {
  while (!nonce_times_.empty() && nonce_times_.front().first < now - kSignatureWindow) {
    nonces_.erase(nonce_times_.front().second);
    nonce_times_.pop_front();
  }
  if (!nonces_.insert(nonce).second) return false;
  nonce_times_.emplace_back(now, nonce);
  return true;
}

std::optional<ApiError> SignatureCheck::refusal(const Request& request, Time now) {
  if (request.method != "GET" && request.method != "POST") return api_error("UnsupportedHTTPMethod");
  const auto authorization = parse_authorization(find_header(request, "authorization").value_or(""));
  if (!authorization)
    return api_error("IncompleteSignature", "The header Authorization is missing or malformed.");
  if (const std::string what = lacking(request, *authorization); !what.empty()) {
    return api_error("IncompleteSignature", what);
  }
  if (!parse_parameters(query_of(request.target))) {
    return api_error("IncompleteSignature", "The URL is not percent-encoded.");
  }
  if (auto refused = date_refusal(request, now)) return refused;
  const AccessKey* key = find(authorization->credential);
  const bool has_ended = key != nullptr && key->expiration && now >= *key->expiration;
  if (has_ended && !key->security_token.empty()) return api_error("InvalidSecurityToken.Expired");
  if (key == nullptr || has_ended) return api_error("InvalidAccessKeyId.NotFound");
  if (auto refused = token_refusal(request, *key)) return refused;
  if (trim(*find_header(request, "x-acs-content-sha256")) != sha256_hex(request.body)) {
    return api_error("IncompleteSignature", "The header x-acs-content-sha256 is not the hash of the body.");
  }
  if (auto refused = signature_refusal(request, *authorization, *key)) return refused;
  const std::string nonce(trim(*find_header(request, "x-acs-signature-nonce")));
  if (nonce.empty() || !use_nonce(nonce, now)) return api_error("SignatureNonceUsed");
  return std::nullopt;
}

}  // namespace sas::simulator
