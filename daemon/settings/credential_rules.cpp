// SPDX-License-Identifier: Apache-2.0
#include "settings/credential_rules.hpp"

#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

namespace sas::settings {
namespace {

using Type = Credentials::Type;

constexpr unsigned bit(Type type) {
  return 1U << static_cast<unsigned>(type);
}

constexpr unsigned kKey = bit(Type::access_key) | bit(Type::sts);
constexpr unsigned kRole = bit(Type::ram_role_arn);
constexpr unsigned kOidc = bit(Type::oidc_role_arn);

constexpr std::array kRules{
    CredentialRule{.key = "access_key_id", .types = kKey, .needed_by = kKey, .has_file = true},
    CredentialRule{.key = "access_key_secret", .types = kKey, .needed_by = kKey, .has_file = true},
    CredentialRule{
        .key = "security_token", .types = bit(Type::sts), .needed_by = bit(Type::sts), .has_file = true},
    CredentialRule{.key = "role_arn", .types = kRole | kOidc, .needed_by = kRole, .may_be_source = false},
    CredentialRule{.key = "source", .types = kRole, .may_be_source = false},
    CredentialRule{.key = "via", .types = kRole, .may_be_source = false},
    CredentialRule{.key = "role_session_name", .types = kRole | kOidc, .may_be_source = false},
    CredentialRule{.key = "session_duration", .types = kRole | kOidc, .may_be_source = false},
    CredentialRule{.key = "policy", .types = kRole | kOidc, .may_be_source = false},
    CredentialRule{.key = "external_id", .types = kRole, .may_be_source = false},
    CredentialRule{.key = "sts_region", .types = kRole | kOidc},
    CredentialRule{.key = "sts_network", .types = kRole | kOidc},
    CredentialRule{.key = "sts_endpoint", .types = kRole | kOidc},
    CredentialRule{.key = "oidc_provider_arn", .types = kOidc},
    CredentialRule{.key = "oidc_token_file", .types = kOidc},
    CredentialRule{.key = "role_name", .types = bit(Type::ecs_ram_role)},
    CredentialRule{.key = "imdsv1", .types = bit(Type::ecs_ram_role)},
    CredentialRule{.key = "uri", .types = bit(Type::credentials_uri)},
    CredentialRule{.key = "profile", .types = bit(Type::profile)},
    CredentialRule{.key = "config_file", .types = bit(Type::profile)},
};

std::string_view name_of(Type type) {
  return kCredentialTypes[static_cast<std::size_t>(type)];
}

std::string names_of(unsigned types) {
  return fmt::format("{}", fmt::join(credential_types_in(types), " or "));
}

std::string here(const Credentials& credentials) {
  if (credentials.type != Type::ram_role_arn)
    return fmt::format("here the type is {}", name_of(credentials.type));
  return fmt::format("here the type is ram_role_arn, the source {}", name_of(credentials.source));
}

// The types whose keys stand here.
unsigned types_here(const Credentials& credentials, bool with_source) {
  const bool has_source = with_source && credentials.type == Type::ram_role_arn;
  return bit(credentials.type) | (has_source ? bit(credentials.source) : 0U);
}

std::string path_of(std::string_view key) {
  return fmt::format("credentials.{}", key);
}

void check(const CredentialRule& rule, const Credentials& credentials, const Given& given, Position start,
           std::vector<Mistake>& mistakes) {
  const std::string key = path_of(rule.key);
  const std::string file_key = key + "_file";
  const auto value = given(key);
  const auto file = rule.has_file ? given(file_key) : std::nullopt;
  const unsigned types = types_here(credentials, rule.may_be_source);
  if ((rule.types & types) == 0) {
    for (const auto& [at, name] : {std::pair{value, key}, std::pair{file, file_key}}) {
      if (!at) continue;
      mistakes.push_back(
          {*at, name,
           fmt::format("goes with credentials.type: {}; {}", names_of(rule.types), here(credentials))});
    }
  } else if (value && file) {
    mistakes.push_back({*file, file_key, fmt::format("excludes {}; keep one of the two", rule.key)});
  } else if (!value && !file && (rule.needed_by & types) != 0) {
    mistakes.push_back(
        {given("credentials.type").value_or(start), key,
         fmt::format("is missing; credentials of type {} need it{}", names_of(rule.needed_by & types),
                     rule.has_file ? fmt::format(", or {}_file", rule.key) : "")});
  }
}

void check_source_role(const Credentials& credentials, const Given& given, std::vector<Mistake>& mistakes) {
  const auto at = given(path_of("source_role_arn"));
  const bool fits = credentials.type == Type::ram_role_arn && credentials.source == Type::oidc_role_arn;
  if (!at || fits) return;
  mistakes.push_back({*at, path_of("source_role_arn"),
                      fmt::format("goes with credentials.source: oidc_role_arn; {}", here(credentials))});
}

void check_sts(const Credentials& credentials, const Given& given, std::vector<Mistake>& mistakes) {
  const auto region = given(path_of("sts_region"));
  const auto endpoint = given(path_of("sts_endpoint"));
  const auto network = given(path_of("sts_network"));
  if (endpoint && region)
    mistakes.push_back({*endpoint, path_of("sts_endpoint"), "excludes sts_region; keep one of the two"});
  if (endpoint && network)
    mistakes.push_back({*network, path_of("sts_network"),
                        "goes with sts_region only; an endpoint names its network by its host"});
  if (network && credentials.sts_network == Credentials::StsNetwork::vpc && !region && !endpoint)
    mistakes.push_back({*network, path_of("sts_network"),
                        "needs sts_region: within a VPC there is one STS a region, and no central one"});
}

}  // namespace

std::span<const CredentialRule> credential_rules() {
  return kRules;
}

std::vector<std::string_view> credential_types_in(unsigned types) {
  std::vector<std::string_view> names;
  for (std::size_t index = 0; index < kCredentialTypes.size(); ++index)
    if ((types & (1U << index)) != 0U) names.push_back(kCredentialTypes[index]);
  return names;
}

void check_credentials(const Credentials& credentials, const Given& given, Position start,
                       std::vector<Mistake>& mistakes) {
  for (const CredentialRule& rule : kRules)
    check(rule, credentials, given, start, mistakes);
  check_source_role(credentials, given, mistakes);
  check_sts(credentials, given, mistakes);
}

}  // namespace sas::settings
