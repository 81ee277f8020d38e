// SPDX-License-Identifier: Apache-2.0
#include "credentials/sts_call.hpp"

#include <optional>
#include <utility>

#include "api/api_error.hpp"
#include "credentials/scrub.hpp"
#include "http/date.hpp"
#include "http/url.hpp"
#include "runtime/clock.hpp"
#include "runtime/nonce.hpp"

namespace sas::credentials {
namespace {

constexpr unsigned kOk = 200;

http::Request signed_request(const StsCall& call, const std::string& host, const AccessKey& key, Time now) {
  const signing::Call to_sign{.method = "POST",
                              .host = host,
                              .path = "/",
                              .action = call.action,
                              .version = std::string(kStsVersion),
                              .query = call.parameters,
                              .body = {},
                              .content_type = {},
                              .extra = {}};
  signing::SignedCall ready = signing::sign(to_sign, key, now, runtime::fresh_nonce());
  http::Request request{.method = "POST",
                        .url = call.endpoint + ready.target,
                        .headers = {{.name = "Accept", .value = "application/json"}},
                        .ca_file = call.ca_file};
  for (auto& [name, value] : ready.headers)
    request.headers.push_back({.name = std::move(name), .value = std::move(value)});
  return request;
}

}  // namespace

asio::awaitable<Result<Secret>> call_sts(http::Client& http, const StsCall& call, const AccessKey& key) {
  const Result<http::Url> url = http::parse_url(call.endpoint);
  if (!url) co_return url.error();
  const std::string host = http::host_header(*url);
  Milliseconds skew{0};
  for (bool again = true;; again = false) {
    const http::Request request = signed_request(call, host, key, runtime::wall_now() + skew);
    Result<http::Response> response = co_await http.exchange(request);
    if (!response) co_return response.error();
    const std::optional<Time> date = http::parse_date(response->header("date"));
    Result<Secret> body = sts_body(std::move(*response), key.security_token);
    if (body || !again || !date || body.error().cause != ErrorCause::clock) co_return body;
    skew = *date - runtime::wall_now();
  }
}

Result<Secret> sts_body(http::Response response, const Secret& told) {
  if (response.status == kOk) return Secret(std::move(response.body));
  response.body = scrub(std::move(response.body), told);
  const api::FailedAnswer answer{.http_status = response.status,
                                 .body = response.body,
                                 .content_type = response.header("content-type"),
                                 .request_id_header = response.header("x-acs-request-id"),
                                 .retry_after = api::read_retry_after(response.header("x-acs-retry-after"))};
  return api::classify(answer);
}

}  // namespace sas::credentials
