// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where the pages are, from what --web.telemetry-path, --web.external-url and --web.route-prefix say, with
// the meaning that they have in Prometheus.

#include <string_view>

#include "web/site.hpp"

namespace sas::web {

struct PathSettings {
  std::string_view telemetry_path = "/metrics";
  std::string_view external_url;  // empty: the pages are where the daemon serves them
  std::string_view route_prefix;  // empty: the path of external_url
};

/// Pages are served below the prefix, and links are what a client finds them at: below the path of
/// external_url, if there is one, which a proxy may take away on the way here.
Paths make_paths(const PathSettings& settings);

}  // namespace sas::web
