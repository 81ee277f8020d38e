// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where an access key comes from. Asked before each attempt of each call, so a key that has changed is used
// at once.

#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "base/access_key.hpp"
#include "base/result.hpp"

namespace sas::credentials {

namespace asio = boost::asio;

class Provider {
 public:
  virtual ~Provider() = default;

  /// An error says what was looked for, where, and what would be right, never a secret. Cause `configuration`
  /// where this machine lacks something.
  virtual asio::awaitable<Result<AccessKey>> get() = 0;

  /// Whoever was called with `key` does not take it: it has expired, or is known no more. Where another can
  /// be had, the next get() has it.
  virtual void refused(const AccessKey& key) = 0;

  /// For logs and metrics: `environment`, `ecs_ram_role`, …
  [[nodiscard]] virtual std::string_view name() const = 0;
};

/// Whether a service that answers so might take another key.
inline bool blames_key(const Error& error) {
  const bool signed_otherwise = error.cause == ErrorCause::signature && error.kind == ErrorKind::give_up;
  return error.cause == ErrorCause::token || error.cause == ErrorCause::key || signed_otherwise;
}

}  // namespace sas::credentials
