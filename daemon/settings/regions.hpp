// SPDX-License-Identifier: Apache-2.0
#pragma once
// The two service centres and the regions behind them: the one table from which come endpoints, the checks of
// `site` and `network`, and the list in the reference.
//
// Sources: the API's list of endpoints (Sas 2018-12-03), which the official SDKs have as a map; the CLI's
// metadata for the hosts within VPCs.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "settings/expand.hpp"
#include "settings/settings.hpp"

namespace sas::settings {

/// Each account's tasks are at one of the two, whatever the regions of what it has.
enum class Site : std::uint8_t { cn, intl };

struct Region {
  enum class State : std::uint8_t { open, closed };

  std::string_view name;
  Site site = Site::cn;
  std::string_view vpc_endpoint = {};  // within its VPCs; empty: there is none
  State state = State::open;           // a closed one still says which centre it belongs to
};

/// In the order of the API's list, first those of cn.
std::span<const Region> regions();

/// Null where there is none of that name.
const Region* find_region(std::string_view name);

/// `cn`, `intl`
std::string_view word_of(Site site);

/// All that `site` may be: the centres, then the regions.
std::vector<std::string_view> site_words();

/// What `site` may be: a centre, or a region in place of the one it belongs to.
std::optional<Problem> check_site(std::string_view text);

/// Of what check_site() lets through.
Site site_of(std::string_view word_or_region);

/// Whether there is a host in the VPCs of what `site` names; what would be right where there is none.
std::optional<Problem> check_vpc(std::string_view word_or_region);

/// `https://…`, of what both checks let through.
std::string_view endpoint_of(std::string_view word_or_region, Network network);

/// The centre whose host it is; nothing for any other host.
std::optional<Site> site_at(std::string_view endpoint);

/// The regions within whose VPCs `endpoint` answers; empty where it is none of theirs. `a, b, c`
std::string regions_with(std::string_view vpc_endpoint);

}  // namespace sas::settings
