// SPDX-License-Identifier: Apache-2.0
#include "settings/target_draft.hpp"

#include <utility>

#include "settings/credential_rules.hpp"

namespace sas::settings {
namespace {

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
  check_credentials(draft.credentials, given, start, mistakes);
  return mistakes;
}

WatchedTarget resolve(TargetDraft draft, const Given& given) {
  draft.credentials.ca_file = draft.target.ca_file;
  if (!given("endpoint")) draft.target.endpoint = endpoint_of(draft.site, draft.network);
  return {.target = std::move(draft.target), .credentials = std::move(draft.credentials)};
}

}  // namespace sas::settings
