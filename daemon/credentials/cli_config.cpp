// SPDX-License-Identifier: Apache-2.0
#include "credentials/cli_config.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "credentials/assumed_role.hpp"
#include "credentials/credentials_uri.hpp"
#include "credentials/ecs_role.hpp"
#include "credentials/external_process.hpp"
#include "credentials/oidc_role.hpp"
#include "credentials/refreshing.hpp"
#include "credentials/role_fields.hpp"
#include "credentials/static_key.hpp"
#include "runtime/clock.hpp"

namespace sas::credentials {
namespace {

constexpr std::size_t kLargestConfig = 1UL << 20U;

// What else the CLI can do, and what serves a daemon in its place.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kUnsupported{{
    {"CloudSSO", "it needs a person who signs in; use RamRoleArn, OIDC or EcsRamRole instead"},
    {"OAuth", "it needs a person who signs in; use RamRoleArn, OIDC or EcsRamRole instead"},
    {"RsaKeyPair", "use AK, or RamRoleArn on top of it, instead"},
    {"BearerToken", "the service takes signed calls only; use StsToken or RamRoleArn instead"},
    {"Anonymous", "the service takes signed calls only; use AK or RamRoleArn instead"},
}};
constexpr std::string_view kSupported =
    "AK, StsToken, RamRoleArn, EcsRamRole, RamRoleArnWithRoleName, OIDC, ChainableRamRoleArn, CredentialsURI "
    "and External are supported";

Error unsupported(const std::string& where, const std::string& mode) {
  const auto* const known =
      std::ranges::find(kUnsupported, mode, [](const auto& pair) { return pair.first; });
  return not_configured(fmt::format("{}: mode {} is not supported: {}", where, mode.empty() ? "(none)" : mode,
                                    known == kUnsupported.end() ? kSupported : known->second));
}

std::string file_of(const CliConfigSettings& settings, const Variables& variables) {
  if (!settings.file.empty()) return settings.file;
  if (std::string file = variables("ALIBABA_CLOUD_CONFIG_FILE"); !file.empty()) return file;
  const std::string home = variables("HOME");
  return home.empty() ? std::string{} : home + "/.aliyun/config.json";
}

Result<RoleSession> session_of(const CliProfile& profile, const Variables& variables,
                               const std::string& where) {
  return read_session({.role_arn = profile.ram_role_arn,
                       .session_name = profile.ram_session_name,
                       .policy = profile.policy,
                       .external_id = profile.external_id,
                       .seconds = profile.expired_seconds,
                       .region = profile.sts_region,
                       .vpc = is_true(profile.enable_vpc),
                       .endpoint = profile.sts_endpoint},
                      variables, where);
}

}  // namespace

CliConfig::CliConfig(CliConfigSettings settings, const Surroundings& surroundings)
    : settings_(std::move(settings)),
      surroundings_(surroundings),
      file_(file_of(settings_, surroundings.variables), kLargestConfig) {
  if (settings_.profile.empty()) settings_.profile = surroundings.variables("ALIBABA_CLOUD_PROFILE");
}

asio::awaitable<Result<AccessKey>> CliConfig::get() {
  const Result<void> ready = read();
  if (!ready) co_return ready.error();
  const std::shared_ptr<Provider> provider = provider_;  // the file may change meanwhile
  co_return co_await provider->get();
}

void CliConfig::refused(const AccessKey& key) {
  settling_.doubt();
  if (provider_) provider_->refused(key);
}

Result<void> CliConfig::read() {
  if (file_.path().empty())
    return not_configured("HOME is not set, so there is no ~/.aliyun/config.json to look for");
  Result<Secret> content = settling_.take(file_.read(), runtime::Clock::now());
  if (!content) return content.error();
  if (provider_ && *content == content_) return {};
  provider_.reset();
  content_ = std::move(*content);
  Made made = make(settings_.profile, {});
  if (!made) {
    settling_.forget();  // so that the next text counts at once
    return made.error();
  }
  provider_ = std::move(*made);
  return {};
}

CliConfig::Made CliConfig::make(std::string_view name, std::vector<std::string> below) {
  const Result<CliProfile> found = find_cli_profile(content_.reveal(), name, file_.path());
  if (!found) return found.error();
  const std::string& mode = found->mode;
  if (mode == "AK" || mode == "StsToken" || mode == "RamRoleArn") return make_keyed(*found);
  if (mode == "ChainableRamRoleArn") return make_chained(*found, std::move(below));
  return make_fetching(*found);
}

CliConfig::Made CliConfig::make_keyed(const CliProfile& profile) {
  const bool has_token = profile.mode == "StsToken";
  if (profile.access_key_id.empty() || profile.access_key_secret.empty() ||
      (has_token && profile.sts_token.empty()))
    return not_configured(fmt::format("{}: mode {} needs access_key_id, access_key_secret{}", where(profile),
                                      profile.mode, has_token ? " and sts_token" : ""));
  AccessKey key{.id = profile.access_key_id,
                .secret = profile.access_key_secret,
                .security_token = profile.mode == "AK" ? Secret() : profile.sts_token};
  std::unique_ptr<Provider> fixed = std::make_unique<StaticKey>(std::move(key));
  return profile.mode == "RamRoleArn" ? make_role(profile, std::move(fixed)) : Made(std::move(fixed));
}

CliConfig::Made CliConfig::make_fetching(const CliProfile& profile) {
  const Variables& variables = surroundings_.variables;
  http::Client& http = surroundings_.http;
  const std::string& mode = profile.mode;
  if (mode == "EcsRamRole" || mode == "RamRoleArnWithRoleName") {
    auto ecs = refreshed(
        std::make_unique<EcsRole>(EcsRoleSettings{.role_name = profile.ram_role_name}, variables, http));
    return mode == "EcsRamRole" ? Made(std::move(ecs)) : make_role(profile, std::move(ecs));
  }
  if (mode == "OIDC") {
    Result<RoleSession> session = session_of(profile, surroundings_.variables, where(profile));
    if (!session) return session.error();
    session->ca_file = surroundings_.ca_file;
    OidcSettings settings{.session = std::move(*session),
                          .provider_arn = profile.oidc_provider_arn,
                          .token_file = profile.oidc_token_file};
    return refreshed(std::make_unique<OidcRole>(std::move(settings), variables, http));
  }
  if (mode == "CredentialsURI")
    return refreshed(
        std::make_unique<CredentialsUri>(profile.credentials_uri, variables, http, surroundings_.ca_file));
  if (mode == "External") return refreshed(std::make_unique<ExternalProcess>(profile.process_command));
  return unsupported(where(profile), mode);
}

CliConfig::Made CliConfig::make_role(const CliProfile& profile, std::unique_ptr<Provider> source) {
  Result<RoleSession> session = session_of(profile, surroundings_.variables, where(profile));
  if (!session) return session.error();
  session->ca_file = surroundings_.ca_file;
  return refreshed(std::make_unique<AssumedRole>(std::move(source), std::move(*session),
                                                 surroundings_.variables, surroundings_.http));
}

std::unique_ptr<Provider> CliConfig::refreshed(std::unique_ptr<Provider> source) {
  return std::make_unique<Refreshing>(std::move(source), surroundings_);
}

std::string CliConfig::where(const CliProfile& profile) const {
  return fmt::format("{}, profile {}", file_.path(), profile.name);
}

CliConfig::Made CliConfig::make_chained(const CliProfile& profile, std::vector<std::string> below) {
  below.push_back(profile.name);
  if (profile.source_profile.empty())
    return not_configured(fmt::format("{}: mode {} needs source_profile", where(profile), profile.mode));
  if (std::ranges::find(below, profile.source_profile) != below.end())
    return not_configured(fmt::format("{}: source_profile goes round in a circle: {} -> {}", file_.path(),
                                      fmt::join(below, " -> "), profile.source_profile));
  Made source = make(profile.source_profile, std::move(below));
  if (!source) return source;
  return make_role(profile, std::move(*source));
}

}  // namespace sas::credentials
