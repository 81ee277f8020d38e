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
  const Result<AccessKey> key = co_await source_->get();
  if (!key) {
    Error error = key.error();
    error.message = fmt::format("no key to assume {} with: {}", session_.role_arn, error.message);
    co_return error;
  }
  Result<AccessKey> assumed = co_await assume_role(http_, session_, *key);
  if (assumed || !blames_key(assumed.error())) co_return assumed;
  source_->refused(*key);
  const Result<AccessKey> another = co_await source_->get();
  if (!another || *another == *key) co_return assumed;
  co_return co_await assume_role(http_, session_, *another);
}

}  // namespace sas::credentials
