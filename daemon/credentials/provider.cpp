// SPDX-License-Identifier: Apache-2.0
#include "credentials/provider.hpp"

#include <utility>

#include "credentials/environment.hpp"
#include "credentials/files.hpp"
#include "credentials/static_key.hpp"

namespace sas::credentials {
namespace {

bool names_a_file(const FromSettings& settings) {
  return !settings.id_file.empty() || !settings.secret_file.empty() || !settings.security_token_file.empty();
}

}  // namespace

std::unique_ptr<Provider> make_provider(Source source) {
  auto* const settings = std::get_if<FromSettings>(&source);
  if (settings == nullptr) return std::make_unique<Environment>();
  if (names_a_file(*settings)) return std::make_unique<Files>(std::move(*settings));
  AccessKey key{.id = std::move(settings->id),
                .secret = std::move(settings->secret),
                .security_token = std::move(settings->security_token)};
  return std::make_unique<StaticKey>(std::move(key));
}

}  // namespace sas::credentials
