// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where an access key comes from. Asked before each attempt of each call, so a key that has changed is used
// at once.

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include <boost/asio/awaitable.hpp>

#include "base/access_key.hpp"
#include "base/result.hpp"

namespace sas::credentials {

namespace asio = boost::asio;

class Provider {
 public:
  virtual ~Provider() = default;

  /// An error (cause `configuration`) says what is missing and where it was looked for, never a secret.
  virtual asio::awaitable<Result<AccessKey>> get() = 0;

  /// For logs: `static`, `files`, `environment`.
  [[nodiscard]] virtual std::string_view name() const = 0;
};

/// ALIBABA_CLOUD_ACCESS_KEY_ID, _ACCESS_KEY_SECRET and _SECURITY_TOKEN, as the official SDKs read them.
struct FromEnvironment {};

/// Each part as a value or in a file; the file is read again whenever it changes. No token and no file for
/// it: a long-lived key.
struct FromSettings {
  std::string id = {};
  Secret secret = {};
  Secret security_token = {};
  std::string id_file = {};
  std::string secret_file = {};
  std::string security_token_file = {};
};

using Source = std::variant<FromEnvironment, FromSettings>;

std::unique_ptr<Provider> make_provider(Source source);

}  // namespace sas::credentials
