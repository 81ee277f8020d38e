// SPDX-License-Identifier: Apache-2.0
#include "credentials/caller_identity.hpp"

#include <utility>

#include "credentials/secret_json.hpp"
#include "credentials/sts_call.hpp"

namespace sas::credentials {

asio::awaitable<Result<CallerIdentity>> get_caller_identity(http::Client& http, const std::string& endpoint,
                                                            const std::string& ca_file,
                                                            const AccessKey& key) {
  const StsCall call{.endpoint = endpoint, .action = "GetCallerIdentity", .ca_file = ca_file};
  const Result<Secret> body = co_await call_sts(http, call, key);
  if (!body) co_return body.error();
  const SecretJson json(body->reveal());
  CallerIdentity identity;
  if (json.object() != nullptr) {
    identity = {.account_id = text_of(*json.object(), "AccountId"),
                .arn = text_of(*json.object(), "Arn"),
                .type = text_of(*json.object(), "IdentityType")};
  }
  if (identity.arn.empty())
    co_return Error{.kind = ErrorKind::retry,
                    .cause = ErrorCause::contract,
                    .message = "the answer to GetCallerIdentity names no Arn"};
  co_return identity;
}

}  // namespace sas::credentials
