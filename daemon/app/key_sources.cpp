// SPDX-License-Identifier: Apache-2.0
#include "app/key_sources.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "credentials/assumed_role.hpp"
#include "credentials/chain.hpp"
#include "credentials/cli_config.hpp"
#include "credentials/credentials_uri.hpp"
#include "credentials/ecs_role.hpp"
#include "credentials/files.hpp"
#include "credentials/oidc_role.hpp"
#include "credentials/refreshing.hpp"
#include "credentials/static_key.hpp"

namespace sas::app {
namespace {

using credentials::Provider;
using credentials::Surroundings;
using Type = settings::Credentials::Type;

std::unique_ptr<Provider> refreshed(std::unique_ptr<Provider> source, const Surroundings& surroundings) {
  return std::make_unique<credentials::Refreshing>(std::move(source), surroundings);
}

std::string sts_endpoint(const settings::Credentials& from) {
  if (!from.sts_endpoint.empty()) return from.sts_endpoint;
  if (from.sts_region.empty()) return {};
  return credentials::sts_endpoint(from.sts_region,
                                   from.sts_network == settings::Credentials::StsNetwork::vpc);
}

credentials::RoleSession session(const settings::Credentials& from, std::string role_arn) {
  credentials::RoleSession session;
  session.role_arn = std::move(role_arn);
  session.session_name = from.role_session_name;
  session.duration = from.session_duration;
  session.endpoint = sts_endpoint(from);
  session.ca_file = from.ca_file;
  return session;
}

std::unique_ptr<Provider> make_keyed(const settings::Credentials& from) {
  credentials::KeyParts parts{.id = from.access_key_id,
                              .secret = from.access_key_secret,
                              .security_token = from.security_token,
                              .id_file = from.access_key_id_file,
                              .secret_file = from.access_key_secret_file,
                              .security_token_file = from.security_token_file};
  if (parts.name_a_file()) return std::make_unique<credentials::Files>(std::move(parts));
  AccessKey key{.id = std::move(parts.id),
                .secret = std::move(parts.secret),
                .security_token = std::move(parts.security_token)};
  return std::make_unique<credentials::StaticKey>(std::move(key));
}

std::unique_ptr<Provider> make_oidc(const settings::Credentials& from, const Surroundings& surroundings) {
  const bool is_source = from.type == Type::ram_role_arn;
  credentials::OidcSettings oidc{.session = session(from, is_source ? from.source_role_arn : from.role_arn),
                                 .provider_arn = from.oidc_provider_arn,
                                 .token_file = from.oidc_token_file};
  if (!is_source) oidc.session.policy = from.policy;
  return refreshed(
      std::make_unique<credentials::OidcRole>(std::move(oidc), surroundings.variables, surroundings.http),
      surroundings);
}

std::unique_ptr<Provider> make_source(Type type, const settings::Credentials& from,
                                      const Surroundings& surroundings);

// Each role is assumed with the session of the one before; what narrows the session is for the last.
std::unique_ptr<Provider> make_role(const settings::Credentials& from, const Surroundings& surroundings) {
  std::unique_ptr<Provider> provider = make_source(from.source, from, surroundings);
  std::vector<std::string> roles = from.via;
  roles.push_back(from.role_arn);
  for (std::size_t index = 0; index < roles.size(); ++index) {
    credentials::RoleSession role = session(from, roles[index]);
    if (index + 1 == roles.size()) {
      role.policy = from.policy;
      role.external_id = from.external_id;
    }
    provider = refreshed(std::make_unique<credentials::AssumedRole>(
                             std::move(provider), std::move(role), surroundings.variables, surroundings.http),
                         surroundings);
  }
  return provider;
}

std::unique_ptr<Provider> make_source(Type type, const settings::Credentials& from,
                                      const Surroundings& surroundings) {
  switch (type) {
    case Type::chain:
      return credentials::make_default_chain(surroundings);
    case Type::access_key:
    case Type::sts:
      return make_keyed(from);
    case Type::oidc_role_arn:
      return make_oidc(from, surroundings);
    case Type::ecs_ram_role: {
      credentials::EcsRoleSettings ecs{.role_name = from.role_name, .allows_v1 = from.imdsv1};
      return refreshed(
          std::make_unique<credentials::EcsRole>(std::move(ecs), surroundings.variables, surroundings.http),
          surroundings);
    }
    case Type::credentials_uri:
      return refreshed(std::make_unique<credentials::CredentialsUri>(from.uri, surroundings.variables,
                                                                     surroundings.http, from.ca_file),
                       surroundings);
    case Type::profile: {
      credentials::CliConfigSettings cli{.file = from.config_file, .profile = from.profile};
      return std::make_unique<credentials::CliConfig>(std::move(cli), surroundings);
    }
    case Type::ram_role_arn:
      break;
  }
  return make_role(from, surroundings);
}

}  // namespace

std::unique_ptr<Provider> make_provider(const settings::Credentials& from, const Surroundings& surroundings) {
  Surroundings theirs = surroundings;
  theirs.ca_file = from.ca_file;
  return make_source(from.type, from, theirs);
}

std::string sts_endpoint(const settings::Credentials& from, const credentials::Variables& variables) {
  credentials::RoleSession session;
  session.endpoint = sts_endpoint(from);
  credentials::fill_session(session, variables);
  return session.endpoint;
}

KeySources::KeySources(Surroundings surroundings, runtime::Log& log)
    : surroundings_(std::move(surroundings)), log_(log) {}

std::shared_ptr<Provider> KeySources::source_for(const settings::Credentials& from, const std::string& target,
                                                 telemetry::TargetMetrics& metrics, policy::KeyHealth& key) {
  leave(target, &from);
  for (const std::shared_ptr<Source>& source : sources_) {
    if (source->credentials != from) continue;
    if (std::ranges::find(source->users, target, &User::target) == source->users.end())
      source->users.push_back({target, metrics, key});
    return source->provider;
  }
  const auto source = std::make_shared<Source>(Source{from, {{target, metrics, key}}, nullptr});
  Surroundings surroundings = surroundings_;
  surroundings.observer = observer(source);
  source->provider = make_provider(from, surroundings);
  sources_.push_back(source);
  return source->provider;
}

void KeySources::leave(const std::string& target) {
  leave(target, nullptr);
}

void KeySources::leave(const std::string& target, const settings::Credentials* all_but) {
  for (const std::shared_ptr<Source>& source : sources_) {
    if (all_but != nullptr && source->credentials == *all_but) continue;
    std::erase_if(source->users, [&](const User& user) { return user.target == target; });
  }
  std::erase_if(sources_, [](const std::shared_ptr<Source>& source) { return source->users.empty(); });
}

std::vector<credentials::PassedOver> KeySources::passed_over(const settings::Credentials& from) const {
  for (const std::shared_ptr<Source>& source : sources_)
    if (source->credentials == from) return source->passed_over;
  return {};
}

credentials::Observer KeySources::observer(const std::shared_ptr<Source>& source) {
  const std::weak_ptr<Source> weak = source;
  return {
      .fetched =
          [this, weak](std::string_view provider, const Result<AccessKey>& outcome) {
            const auto shared = weak.lock();
            if (!shared) return;
            for (const User& user : shared->users) {
              user.metrics.get().credentials_refreshed(provider, outcome ? "ok" : "failed");
              user.key.get().renewal_failed = !outcome;
            }
            const std::string& target = shared->users.front().target;
            if (!outcome) {
              log_.warn("no key fetched",
                        {{"target", target}, {"provider", provider}, {"error", to_string(outcome.error())}});
              return;
            }
            const std::string expiry =
                outcome->expiration ? format_seconds(*outcome->expiration) : std::string("not told");
            log_.debug("key fetched", {{"target", target}, {"provider", provider}, {"expires", expiry}});
          },
      .chosen =
          [this, weak](std::string_view provider, std::span<const credentials::PassedOver> passed_over) {
            const auto shared = weak.lock();
            if (!shared) return;
            shared->passed_over.assign(passed_over.begin(), passed_over.end());
            std::string reasons;
            for (const credentials::PassedOver& passed : passed_over)
              reasons += fmt::format("{}{}: {}", reasons.empty() ? "" : "; ", passed.provider, passed.reason);
            log_.info(
                "credentials found",
                {{"target", shared->users.front().target}, {"provider", provider}, {"passed_over", reasons}});
          },
      .none =
          [weak](std::span<const credentials::PassedOver> passed_over) {
            const auto shared = weak.lock();
            if (shared) shared->passed_over.assign(passed_over.begin(), passed_over.end());
          }};
}

}  // namespace sas::app
