// SPDX-License-Identifier: Apache-2.0
#include "settings/target_draft.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

namespace sas::settings {
namespace {

constexpr std::array<std::string_view, 3> kCredentialKeys{"access_key_id", "access_key_secret",
                                                          "security_token"};
constexpr std::array<std::string_view, 3> kTypeNames{"default", "access_key", "sts"};

/// How many of kCredentialKeys a type of credentials takes.
std::size_t keys_taken(Credentials::Type type) {
  switch (type) {
    case Credentials::Type::environment_default:
      return 0;
    case Credentials::Type::access_key:
      return 2;
    case Credentials::Type::sts:
      return 3;
  }
  return 0;
}

std::string_view types_for(std::size_t key) {
  return key < 2 ? "access_key or sts" : "sts";
}

void check_endpoint_choice(const Given& given, Position start, std::vector<Mistake>& mistakes) {
  const auto site = given("site");
  const auto endpoint = given("endpoint");
  const auto network = given("network");
  if (!site && !endpoint) {
    mistakes.push_back(
        {start, "site",
         "is missing; write site: cn (mainland China and Hong Kong) or site: intl (everywhere else), "
         "or an endpoint; an account asked at the wrong one has an empty list of tasks"});
  }
  if (site && endpoint) {
    mistakes.push_back({*endpoint, "endpoint", "excludes site; keep one of the two"});
  }
  if (network && endpoint) {
    mistakes.push_back(
        {*network, "network", "goes with site only; an endpoint names its network by its host"});
  }
}

void check_credential(const Credentials& credentials, std::size_t index, const Given& given, Position start,
                      std::vector<Mistake>& mistakes) {
  const std::string key = fmt::format("credentials.{}", kCredentialKeys[index]);
  const std::string file_key = key + "_file";
  const auto value = given(key);
  const auto file = given(file_key);
  const std::string_view type = kTypeNames[static_cast<std::size_t>(credentials.type)];
  if (index >= keys_taken(credentials.type)) {
    for (const auto& [at, name] : {std::pair{value, key}, std::pair{file, file_key}}) {
      if (!at) continue;
      mistakes.push_back(
          {*at, name,
           fmt::format("goes with credentials.type: {}; here the type is {}", types_for(index), type)});
    }
  } else if (value && file) {
    mistakes.push_back(
        {*file, file_key, fmt::format("excludes {}; keep one of the two", kCredentialKeys[index])});
  } else if (!value && !file) {
    mistakes.push_back({given("credentials.type").value_or(start), key,
                        fmt::format("is missing; credentials of type {} need it, or {}_file", type,
                                    kCredentialKeys[index])});
  }
}

}  // namespace

std::string_view endpoint_of(Site site, Network network) {
  if (site == Site::cn) {
    return network == Network::vpc ? "https://tds.vpc-proxy.aliyuncs.com"
                                   : "https://tds.cn-shanghai.aliyuncs.com";
  }
  return network == Network::vpc ? "https://tds-intl.vpc-proxy.aliyuncs.com"
                                 : "https://tds.ap-southeast-1.aliyuncs.com";
}

std::vector<Mistake> check_target(const TargetDraft& draft, const Given& given, Position start) {
  std::vector<Mistake> mistakes;
  check_endpoint_choice(given, start, mistakes);
  for (std::size_t index = 0; index < kCredentialKeys.size(); ++index) {
    check_credential(draft.credentials, index, given, start, mistakes);
  }
  return mistakes;
}

WatchedTarget resolve(TargetDraft draft, const Given& given) {
  if (!given("endpoint")) draft.target.endpoint = endpoint_of(draft.site, draft.network);
  return {.target = std::move(draft.target), .credentials = std::move(draft.credentials)};
}

}  // namespace sas::settings
