// SPDX-License-Identifier: Apache-2.0
// Any bytes as the body of a failure, its first two as the status. A token that stands where the service
// would repeat it must not come through, whatever is around it.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "api/api_error.hpp"
#include "fuzz/require.hpp"

namespace {

using sas::api::FailedAnswer;

constexpr std::string_view kToken = "CAISzzzzTOKENzzzz";

void require_fit_to_show(const sas::Error& error) {
  sas::fuzz::require(!error.message.empty());
  sas::fuzz::require(error.message.size() < 1024);
  sas::fuzz::require(error.message.find('\n') == std::string::npos);
  sas::fuzz::require(error.code.size() <= 128 && error.request_id.size() <= 128);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size < 2) return 0;
  const unsigned status = 100U + (static_cast<unsigned>(bytes[0]) << 8U | bytes[1]) % 500U;
  const std::string_view body{reinterpret_cast<const char*>(bytes) + 2, size - 2};
  FailedAnswer answer{
      .http_status = status, .body = body, .content_type = {}, .request_id_header = {}, .retry_after = {}};
  require_fit_to_show(sas::api::classify(answer));

  const std::string leaking = std::string{body} + "x-acs-security-token:" + std::string{kToken};
  answer.body = leaking;
  const sas::Error error = sas::api::classify(answer);
  require_fit_to_show(error);
  sas::fuzz::require(error.message.find(kToken) == std::string::npos ||
                     body.find(kToken) != std::string_view::npos);
  return 0;
}
