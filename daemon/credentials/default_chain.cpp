// SPDX-License-Identifier: Apache-2.0
// Who stands in the chain, and what rules somebody out.
#include <initializer_list>
#include <string>
#include <utility>

#include "credentials/chain.hpp"
#include "credentials/cli_config.hpp"
#include "credentials/credentials_uri.hpp"
#include "credentials/ecs_role.hpp"
#include "credentials/environment.hpp"
#include "credentials/oidc_role.hpp"
#include "credentials/refreshing.hpp"
#include "credentials/sdk_config.hpp"

namespace sas::credentials {
namespace {

// The first variable of `names` that is not set; empty where all are.
std::string unset(const Variables& variables, std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (variables(name).empty()) return name;
  return {};
}

}  // namespace

std::unique_ptr<Chain> make_default_chain(const Surroundings& surroundings) {
  const Variables& variables = surroundings.variables;
  std::vector<Link> links;
  std::vector<PassedOver> skipped;
  const auto add = [&](std::unique_ptr<Provider> provider, Link::Kind kind = Link::Kind::set_up) {
    links.push_back({.kind = kind, .provider = std::move(provider)});
  };
  const auto add_fetching = [&](std::unique_ptr<Provider> source, Link::Kind kind = Link::Kind::set_up) {
    add(std::make_unique<Refreshing>(std::move(source), surroundings), kind);
  };

  add(std::make_unique<Environment>(variables));
  if (const std::string name = unset(variables, {"ALIBABA_CLOUD_ROLE_ARN", "ALIBABA_CLOUD_OIDC_PROVIDER_ARN",
                                                 "ALIBABA_CLOUD_OIDC_TOKEN_FILE"});
      !name.empty()) {
    skipped.push_back({"oidc_role_arn", name + " is not set"});
  } else {
    OidcSettings oidc;
    oidc.session.ca_file = surroundings.ca_file;
    add_fetching(std::make_unique<OidcRole>(std::move(oidc), variables, surroundings.http));
  }
  if (is_true(variables("ALIBABA_CLOUD_CLI_PROFILE_DISABLED"))) {
    skipped.push_back({"profile", "ALIBABA_CLOUD_CLI_PROFILE_DISABLED is true"});
  } else {
    add(std::make_unique<CliConfig>(CliConfigSettings{}, surroundings));
  }
  add(std::make_unique<SdkConfig>(surroundings));
  if (is_true(variables("ALIBABA_CLOUD_ECS_METADATA_DISABLED"))) {
    skipped.push_back({"ecs_ram_role", "ALIBABA_CLOUD_ECS_METADATA_DISABLED is true"});
  } else {
    const bool is_named = !variables("ALIBABA_CLOUD_ECS_METADATA").empty();
    add_fetching(std::make_unique<EcsRole>(EcsRoleSettings{}, variables, surroundings.http),
                 is_named ? Link::Kind::set_up : Link::Kind::guess);
  }
  if (variables("ALIBABA_CLOUD_CREDENTIALS_URI").empty()) {
    skipped.push_back({"credentials_uri", "ALIBABA_CLOUD_CREDENTIALS_URI is not set"});
  } else {
    add_fetching(
        std::make_unique<CredentialsUri>(std::string(), variables, surroundings.http, surroundings.ca_file));
  }
  return std::make_unique<Chain>(std::move(links), std::move(skipped), surroundings.observer);
}

}  // namespace sas::credentials
