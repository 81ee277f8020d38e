// SPDX-License-Identifier: Apache-2.0
#include "credentials/files.hpp"

#include <utility>

#include "runtime/clock.hpp"

namespace sas::credentials {
namespace {

std::optional<WatchedFile> watch(std::string path) {
  if (path.empty()) return std::nullopt;
  return WatchedFile(std::move(path));
}

}  // namespace

Files::Files(KeyParts parts)
    : key_{.id = std::move(parts.id),
           .secret = std::move(parts.secret),
           .security_token = std::move(parts.security_token)},
      id_(watch(std::move(parts.id_file))),
      secret_(watch(std::move(parts.secret_file))),
      security_token_(watch(std::move(parts.security_token_file))) {}

asio::awaitable<Result<AccessKey>> Files::get() {
  co_return settling_.take(read(), runtime::Clock::now());
}

void Files::refused(const AccessKey&) {
  settling_.doubt();
}

Result<AccessKey> Files::read() {
  AccessKey key = key_;
  if (id_) {
    const Result<Secret> id = id_->read();
    if (!id) return id.error();
    key.id = id->reveal();
  }
  if (secret_) {
    Result<Secret> secret = secret_->read();
    if (!secret) return secret.error();
    key.secret = std::move(*secret);
  }
  if (security_token_) {
    Result<Secret> token = security_token_->read();
    if (!token) return token.error();
    key.security_token = std::move(*token);
  }
  return key;
}

}  // namespace sas::credentials
