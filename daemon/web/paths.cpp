// SPDX-License-Identifier: Apache-2.0
#include "web/paths.hpp"

#include <algorithm>
#include <string>

namespace sas::web {
namespace {

/// `/a/b` of `a/b/`; nothing of `/`.
std::string prefix_of(std::string_view path) {
  while (path.ends_with('/'))
    path.remove_suffix(1);
  while (path.starts_with('/'))
    path.remove_prefix(1);
  return path.empty() ? std::string() : '/' + std::string(path);
}

/// The path of a URL, or of what is nothing but a path.
std::string_view path_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return url;
  return url.substr(std::min(url.find('/', scheme + 3), url.size()));
}

}  // namespace

Paths make_paths(const PathSettings& settings) {
  const std::string external = prefix_of(path_of(settings.external_url));
  Paths paths;
  paths.telemetry = settings.telemetry_path;
  paths.route_prefix = settings.route_prefix.empty() ? external : prefix_of(settings.route_prefix);
  paths.link_prefix = settings.external_url.empty() ? paths.route_prefix : external;
  return paths;
}

}  // namespace sas::web
