// SPDX-License-Identifier: Apache-2.0
#include "simulator/service/api_error.hpp"

#include <array>

#include <fmt/format.h>

#include "simulator/service/percent.hpp"
#include "simulator/world/json_text.hpp"

namespace sas::simulator {
namespace {

struct Known {
  std::string_view code;
  unsigned status;
  std::string_view message;
};

// CspmParamIllegal, NoPermission and ServerError as the API's reference page has them; the others are the
// gateway's.
constexpr std::array<Known, 24> kKnown{{
    {"CspmParamIllegal", 400, "The parameter is not legal."},
    {"NoPermission", 403, "caller has no permission"},
    {"ServerError", 500, "ServerError"},
    {"Forbidden.RAM", 403, "The caller is not authorized to do this."},
    {"InvalidAccessKeyId.NotFound", 404, "The access key is not known."},
    {"InvalidAccessKeyId", 404, "The access key is not known."},
    {"InvalidAccessKeyId.Inactive", 400, "The access key is disabled."},
    {"Forbidden.AccessKeyDisabled", 403, "The access key is disabled."},
    {"SignatureDoesNotMatch", 400, "The signature is not the one that the service computes."},
    {"IncompleteSignature", 400, "The request is not signed as it must be."},
    {"SignatureNonceUsed", 400, "The nonce was used before."},
    {"InvalidTimeStamp.Expired", 400, "The date is more than 15 minutes away from the service's."},
    {"InvalidTimeStamp.Format", 400, "The date is not of the form YYYY-MM-DDThh:mm:ssZ."},
    {"InvalidSecurityToken.Expired", 400, "The security token has expired."},
    {"InvalidSecurityToken.Malformed", 400, "The security token is malformed."},
    {"InvalidSecurityToken.MismatchWithAccessKey", 400,
     "The security token does not belong to the access key."},
    {"MissingSecurityToken", 400, "The access key needs its security token."},
    {"Throttling", 400, "Too many requests."},
    {"Throttling.User", 400, "Too many requests of this user."},
    {"Throttling.Api", 400, "Too many requests of this API."},
    {"ServiceUnavailable", 503, "The service is not available at the moment."},
    {"InternalError", 500, "Something failed inside the service."},
    {"InvalidApi.NotFound", 404, "No such API in this version."},
    {"UnsupportedHTTPMethod", 400, "The method must be GET or POST."},
}};

}  // namespace

ApiError api_error(std::string_view code, std::string_view detail) {
  ApiError error{.status = 400, .code = std::string(code), .message = std::string(code), .retry_after = {}};
  for (const Known& known : kKnown) {
    if (known.code != code) continue;
    error.status = known.status;
    error.message = known.message;
  }
  if (!detail.empty()) error.message += fmt::format(" {}", detail);
  return error;
}

std::string error_body(const ApiError& error, std::string_view request_id, std::string_view host) {
  std::string body = R"({"RequestId":)";
  append_json(body, request_id);
  body += R"(,"HostId":)";
  append_json(body, host);
  body += R"(,"Code":)";
  append_json(body, error.code);
  body += R"(,"Message":)";
  append_json(body, error.message);
  body += R"(,"Recommend":)";
  append_json(body, fmt::format("https://api.aliyun.com/troubleshoot?q={}&product=Sas&requestId={}",
                                percent_encode(error.code), percent_encode(request_id)));
  body += '}';
  return body;
}

}  // namespace sas::simulator
