// SPDX-License-Identifier: Apache-2.0
#include "credentials/assumed_role.hpp"

#include <utility>

#include <fmt/format.h>

namespace sas::credentials {

AssumedRole::AssumedRole(std::unique_ptr<Provider> source, RoleSession session, const Variables& variables,
                         http::Client& http)
    : source_(std::move(source)), session_(std::move(session)), http_(http) {
  fill_session(session_, variables);
}

asio::awaitable<Result<AccessKey>> AssumedRole::get() {
  for (bool again = true;; again = false) {
    const Result<AccessKey> key = co_await source_->get();
    if (!key) {
      Error error = key.error();
      error.message = fmt::format("no key to assume {} with: {}", session_.role_arn, error.message);
      co_return error;
    }
    Result<AccessKey> assumed = co_await assume_role(http_, session_, *key);
    if (assumed || !again || assumed.error().cause != ErrorCause::token) co_return assumed;
    source_->refused(*key);
  }
}

}  // namespace sas::credentials
