// SPDX-License-Identifier: Apache-2.0
#include "credentials/sdk_config.hpp"

#include <utility>

#include <fmt/format.h>

#include "credentials/assumed_role.hpp"
#include "credentials/ecs_role.hpp"
#include "credentials/oidc_role.hpp"
#include "credentials/refreshing.hpp"
#include "credentials/role_fields.hpp"
#include "credentials/static_key.hpp"
#include "runtime/clock.hpp"

namespace sas::credentials {
namespace {

constexpr std::size_t kLargestFile = 1UL << 20U;

std::string file_of(const Variables& variables) {
  if (std::string file = variables("ALIBABA_CLOUD_CREDENTIALS_FILE"); !file.empty()) return file;
  const std::string home = variables("HOME");
  return home.empty() ? std::string{} : home + "/.alibabacloud/credentials";
}

std::string text(const SdkProfile& profile, std::string_view key) {
  const auto found = profile.find(key);
  return found == profile.end() ? std::string{} : std::string(found->second.reveal());
}

RoleFields role_fields(const SdkProfile& profile) {
  return {.role_arn = text(profile, "role_arn"),
          .session_name = text(profile, "role_session_name"),
          .policy = text(profile, "policy")};
}

}  // namespace

SdkConfig::SdkConfig(const Surroundings& surroundings)
    : surroundings_(surroundings),
      section_(surroundings.variables("ALIBABA_CLOUD_PROFILE")),
      file_(file_of(surroundings.variables), kLargestFile) {
  if (section_.empty()) section_ = "default";
}

asio::awaitable<Result<AccessKey>> SdkConfig::get() {
  const Result<void> ready = read();
  if (!ready) co_return ready.error();
  const std::shared_ptr<Provider> provider = provider_;  // the file may change meanwhile
  co_return co_await provider->get();
}

void SdkConfig::refused(const AccessKey& key) {
  settling_.doubt();
  if (provider_) provider_->refused(key);
}

Result<void> SdkConfig::read() {
  if (file_.path().empty())
    return not_configured("HOME is not set, so there is no ~/.alibabacloud/credentials to look for");
  Result<Secret> content = settling_.take(file_.read(), runtime::Clock::now());
  if (!content) return content.error();
  if (provider_ && *content == content_) return {};
  provider_.reset();
  content_ = std::move(*content);
  Made made = make();
  if (!made) {
    settling_.forget();  // so that the next text counts at once
    return made.error();
  }
  provider_ = std::move(*made);
  return {};
}

SdkConfig::Made SdkConfig::make() {
  const Result<SdkProfile> profile = find_sdk_profile(content_.reveal(), section_, file_.path());
  if (!profile) return profile.error();
  Made made = make(*profile);
  if (!made) {
    Error error = made.error();
    error.message = fmt::format("{}, section [{}]: {}", file_.path(), section_, error.message);
    return error;
  }
  return made;
}

SdkConfig::Made SdkConfig::make(const SdkProfile& profile) {
  if (profile.contains("enable") && !is_true(text(profile, "enable")))
    return not_configured("`enable` is not true");
  const std::string type = text(profile, "type");
  if (type == "access_key") return make_keyed(profile, false);
  if (type == "ram_role_arn") return make_keyed(profile, true);
  if (type == "oidc_role_arn") return make_oidc(profile);
  if (type == "ecs_ram_role")
    return refreshed(std::make_unique<EcsRole>(EcsRoleSettings{.role_name = text(profile, "role_name")},
                                               surroundings_.variables, surroundings_.http));
  if (type == "rsa_key_pair")
    return not_configured("type rsa_key_pair is not supported; use access_key or ram_role_arn instead");
  return not_configured(
      fmt::format("type {} is not supported; access_key, ram_role_arn, oidc_role_arn and "
                  "ecs_ram_role are",
                  type.empty() ? "(none)" : type));
}

SdkConfig::Made SdkConfig::make_keyed(const SdkProfile& profile, bool assumes_role) {
  AccessKey key{.id = text(profile, "access_key_id"), .secret = Secret(text(profile, "access_key_secret"))};
  if (key.id.empty() || key.secret.empty())
    return not_configured("access_key_id or access_key_secret is missing");
  std::unique_ptr<Provider> fixed = std::make_unique<StaticKey>(std::move(key));
  if (!assumes_role) return fixed;
  Result<RoleSession> session =
      read_session(role_fields(profile), surroundings_.variables, "type ram_role_arn");
  if (!session) return session.error();
  session->ca_file = surroundings_.ca_file;
  return refreshed(std::make_unique<AssumedRole>(std::move(fixed), std::move(*session),
                                                 surroundings_.variables, surroundings_.http));
}

SdkConfig::Made SdkConfig::make_oidc(const SdkProfile& profile) {
  Result<RoleSession> session =
      read_session(role_fields(profile), surroundings_.variables, "type oidc_role_arn");
  if (!session) return session.error();
  session->ca_file = surroundings_.ca_file;
  OidcSettings settings{.session = std::move(*session),
                        .provider_arn = text(profile, "oidc_provider_arn"),
                        .token_file = text(profile, "oidc_token_file_path")};
  return refreshed(
      std::make_unique<OidcRole>(std::move(settings), surroundings_.variables, surroundings_.http));
}

std::unique_ptr<Provider> SdkConfig::refreshed(std::unique_ptr<Provider> source) {
  return std::make_unique<Refreshing>(std::move(source), surroundings_);
}

}  // namespace sas::credentials
