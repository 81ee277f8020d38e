// SPDX-License-Identifier: Apache-2.0
#include "policy/empty_listing.hpp"

#include <string_view>

#include "base/duration.hpp"

namespace sas::policy {
namespace {

std::string filters_of(const Target& target) {
  if (target.task_types.empty() && target.task_sources.empty()) return {};
  const std::string_view named = target.task_sources.empty() ? "task_types"
                                 : target.task_types.empty() ? "task_sources"
                                                             : "task_types and task_sources";
  return std::string(named) + " of the target may leave none, or ";
}

std::string centre_of(const Target& target) {
  if (target.site.empty())
    return "the endpoint may be of the other centre: an account's tasks are at one of the two, site: cn or "
           "site: intl";
  const std::string other = target.site == "cn" ? "intl" : "cn";
  return "the account may be at the other centre: try site: " + other;
}

}  // namespace

std::string hint_at_empty(const Target& target, const WholeListing& listing) {
  if (listing.telling != tasks::Telling::baseline || listing.tasks_ever > 0) return {};
  return "none is active and none was created within " + format_duration(listing.lookback) + "; " +
         filters_of(target) + centre_of(target);
}

}  // namespace sas::policy
