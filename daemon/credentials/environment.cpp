// SPDX-License-Identifier: Apache-2.0
#include "credentials/environment.hpp"

#include <cstdlib>

#include <fmt/format.h>

namespace sas::credentials {
namespace {

constexpr const char* kId = "ALIBABA_CLOUD_ACCESS_KEY_ID";
constexpr const char* kSecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
constexpr const char* kToken = "ALIBABA_CLOUD_SECURITY_TOKEN";

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return value == nullptr ? std::string{} : std::string{value};
}

Error not_set(const char* name) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("no access key: the environment variable {} is not set or empty", name)};
}

Result<AccessKey> read() {
  AccessKey key{
      .id = variable(kId), .secret = Secret(variable(kSecret)), .security_token = Secret(variable(kToken))};
  if (key.id.empty()) return not_set(kId);
  if (key.secret.empty()) return not_set(kSecret);
  return key;
}

}  // namespace

Environment::Environment() : key_(read()) {}

asio::awaitable<Result<AccessKey>> Environment::get() {
  co_return key_;
}

}  // namespace sas::credentials
