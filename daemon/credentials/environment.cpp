// SPDX-License-Identifier: Apache-2.0
#include "credentials/environment.hpp"

#include <fmt/format.h>

namespace sas::credentials {
namespace {

constexpr const char* kId = "ALIBABA_CLOUD_ACCESS_KEY_ID";
constexpr const char* kSecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
constexpr const char* kToken = "ALIBABA_CLOUD_SECURITY_TOKEN";

Error not_set(const char* name) {
  return not_configured(fmt::format("the environment variable {} is not set or empty", name));
}

Result<AccessKey> read(const Variables& variables) {
  AccessKey key{.id = variables(kId),
                .secret = Secret(variables(kSecret)),
                .security_token = Secret(variables(kToken))};
  if (key.id.empty()) return not_set(kId);
  if (key.secret.empty()) return not_set(kSecret);
  return key;
}

}  // namespace

Environment::Environment(const Variables& variables) : key_(read(variables)) {}

asio::awaitable<Result<AccessKey>> Environment::get() {
  co_return key_;
}

}  // namespace sas::credentials
