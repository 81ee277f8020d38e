// SPDX-License-Identifier: Apache-2.0
#include "api/error_code.hpp"

#include <algorithm>
#include <array>

namespace sas::api {
namespace {

struct Entry {
  std::string_view code;  // it, or what starts with it and a dot
  Verdict verdict;
};

constexpr Verdict kRetryServer{ErrorKind::retry, ErrorCause::server};
constexpr Verdict kThrottled{ErrorKind::wait, ErrorCause::throttled};
constexpr Verdict kClock{ErrorKind::retry, ErrorCause::clock};
constexpr Verdict kToken{ErrorKind::retry, ErrorCause::token};
constexpr Verdict kSignature{ErrorKind::give_up, ErrorCause::signature};
constexpr Verdict kKey{ErrorKind::give_up, ErrorCause::key};
constexpr Verdict kPermission{ErrorKind::give_up, ErrorCause::permission};
constexpr Verdict kParameter{ErrorKind::give_up, ErrorCause::parameter};

// The first that fits counts.
constexpr auto kCodes = std::to_array<Entry>({
    {"SignatureNonceUsed", {ErrorKind::retry, ErrorCause::signature}},
    {"SignatureDoesNotMatch", kSignature},
    {"IncompleteSignature", kSignature},
    {"InvalidTimeStamp.Format", {ErrorKind::bug, ErrorCause::clock}},
    {"InvalidTimeStamp", kClock},
    {"IllegalTimestamp", kClock},
    {"InvalidSecurityToken", kToken},
    {"MissingSecurityToken", kToken},
    {"InvalidAccessKeyId", kKey},
    {"InvalidAccessKeySecret", kKey},
    {"Forbidden.AccessKeyDisabled", kKey},
    {"NoPermission", kPermission},
    {"Forbidden", kPermission},
    {"CspmParamIllegal", kParameter},
    {"InvalidParameter", kParameter},
    {"MissingParameter", kParameter},
    {"InvalidApi", kParameter},
    {"InvalidAction", kParameter},
    {"InvalidProduct", kParameter},
    {"InvalidVersion", kParameter},
    {"InvalidProtocol", kParameter},
    {"UnsupportedHTTPMethod", kParameter},
    {"ServerError", kRetryServer},
    {"ServiceUnavailable", kRetryServer},
    {"InternalError", kRetryServer},
    {"UnknownError", kRetryServer},
});

constexpr bool fits(std::string_view code, std::string_view entry) {
  return code.starts_with(entry) && (code.size() == entry.size() || code[entry.size()] == '.');
}

}  // namespace

std::optional<Verdict> verdict_of_code(std::string_view code) {
  // Throttling, Throttling.User, Throttling.Api, …: the official clients look for the word as well.
  if (code.find("Throttling") != std::string_view::npos) return kThrottled;
  const auto entry = std::ranges::find_if(kCodes, [&](const Entry& known) { return fits(code, known.code); });
  if (entry == kCodes.end()) return std::nullopt;
  return entry->verdict;
}

Verdict verdict_of_status(unsigned http_status) {
  switch (http_status) {
    case 401:
      return kKey;
    case 403:
      return kPermission;
    case 408:
      return kRetryServer;
    case 429:
      return kThrottled;
    default:
      break;
  }
  if (http_status >= 500) return kRetryServer;
  if (http_status >= 400) return kParameter;
  // A failure with status 200 and a code nobody documents; or a redirect, which this API does not know.
  if (http_status >= 200 && http_status < 300) return kRetryServer;
  return {ErrorKind::give_up, ErrorCause::contract};
}

}  // namespace sas::api
