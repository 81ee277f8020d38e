// SPDX-License-Identifier: Apache-2.0
#include "settings/target_draft.hpp"

#include <utility>

#include "settings/credential_rules.hpp"

namespace sas::settings {
namespace {

void check_endpoint_choice(const TargetDraft& draft, const Given& given, Position start,
                           std::vector<Mistake>& mistakes) {
  const auto site = given("site");
  const auto endpoint = given("endpoint");
  const auto network = given("network");
  if (!site && !endpoint) {
    mistakes.push_back(
        {start, "site",
         "is missing; write site: cn (mainland China and Hong Kong) or site: intl (everywhere else), "
         "a region, or an endpoint; an account asked at the wrong one has an empty list of tasks"});
  }
  if (site && endpoint) {
    mistakes.push_back({*endpoint, "endpoint", "excludes site; keep one of the two"});
  }
  if (network && endpoint) {
    mistakes.push_back(
        {*network, "network", "goes with site only; an endpoint names its network by its host"});
  } else if (network && draft.network == Network::vpc) {
    if (auto problem = check_vpc(draft.site))
      mistakes.push_back({*network, "network", std::move(problem->text)});
  }
}

}  // namespace

std::vector<Mistake> check_target(const TargetDraft& draft, const Given& given, Position start) {
  std::vector<Mistake> mistakes;
  check_endpoint_choice(draft, given, start, mistakes);
  check_credentials(draft.credentials, given, start, mistakes);
  return mistakes;
}

WatchedTarget resolve(TargetDraft draft, const Given& given) {
  draft.credentials.ca_file = draft.target.ca_file;
  WatchedTarget watched{.target = std::move(draft.target),
                        .region = {},
                        .network = draft.network,
                        .credentials = std::move(draft.credentials)};
  if (!given("endpoint")) watched.target.endpoint = endpoint_of(draft.site, draft.network);
  if (find_region(draft.site) != nullptr) watched.region = std::move(draft.site);
  if (const auto site = site_at(watched.target.endpoint)) watched.target.site = word_of(*site);
  return watched;
}

}  // namespace sas::settings
