// SPDX-License-Identifier: Apache-2.0
#include "credentials/credentials_uri.hpp"

#include <utility>

#include <fmt/format.h>

#include "credentials/secret_json.hpp"
#include "http/url.hpp"

namespace sas::credentials {
namespace {

constexpr const char* kVariable = "ALIBABA_CLOUD_CREDENTIALS_URI";
constexpr unsigned kOk = 200;

}  // namespace

CredentialsUri::CredentialsUri(std::string uri, const Variables& variables, http::Client& http,
                               std::string ca_file)
    : uri_(std::move(uri)), ca_file_(std::move(ca_file)), http_(http) {
  if (uri_.empty()) uri_ = variables(kVariable);
}

asio::awaitable<Result<AccessKey>> CredentialsUri::get() {
  if (uri_.empty())
    co_return not_configured(
        fmt::format("no uri is given, and the environment variable {} is not set or empty", kVariable));
  const Result<http::Url> url = http::parse_url(uri_);
  if (!url) co_return not_configured(fmt::format("credentials URI: {}", url.error().message));
  // Without path and query, which may hold a token.
  const std::string where = fmt::format("credentials URI at {}", http::endpoint(*url));
  const http::Request request{.method = "GET", .url = uri_, .ca_file = ca_file_};
  Result<http::Response> response = co_await http_.exchange(request);
  if (!response) co_return response.error();
  if (response->status != kOk)
    co_return Error{.kind = response->status >= 500 ? ErrorKind::retry : ErrorKind::give_up,
                    .cause = response->status >= 500 ? ErrorCause::server : ErrorCause::permission,
                    .message = fmt::format("{}: the answer is not 200", where),
                    .http_status = response->status};
  const Secret body(std::move(response->body));
  const SecretJson json(body.reveal());
  if (json.object() == nullptr)
    co_return Error{.kind = ErrorKind::retry,
                    .cause = ErrorCause::not_json,
                    .message = fmt::format("{}: the answer is no JSON object", where)};
  co_return key_of(*json.object(), where);
}

}  // namespace sas::credentials
