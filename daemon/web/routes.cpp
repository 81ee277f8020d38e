// SPDX-License-Identifier: Apache-2.0
#include "web/routes.hpp"

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "web/handlers.hpp"

namespace sas::web {
namespace {

struct Route {
  std::string_view method;
  std::string_view path;
  Answer (*handle)(const Site&, const Request&);
  bool is_health = false;
};

constexpr std::string_view kTelemetryPath;  // stands for the path that the site configures

// The first that fits counts, so metrics may be served at `/` too. Whatever has GET has HEAD.
constexpr std::array kRoutes{
    Route{"GET", kTelemetryPath, answer_metrics},     Route{"GET", "/", answer_landing},
    Route{"GET", "/-/healthy", answer_healthy, true}, Route{"GET", "/-/ready", answer_ready, true},
    Route{"POST", "/-/reload", answer_reload},
};

// Where the site has a prefix, for who asks without it.
constexpr Route kOutside{"GET", "/", answer_redirect};

/// The path below the site's prefix; nothing where it is not below it. `/sas` is the page at `/sas/`.
std::optional<std::string_view> below_prefix(const Paths& paths, std::string_view path) {
  if (!path.starts_with(paths.route_prefix)) return std::nullopt;
  path.remove_prefix(paths.route_prefix.size());
  if (path.empty() && !paths.route_prefix.empty()) return "/";
  if (!path.starts_with('/') && !paths.route_prefix.empty()) return std::nullopt;  // `/sasquatch`
  return path;
}

bool has_path(const Route& route, const Site& site, std::string_view path) {
  return path == (route.path == kTelemetryPath ? std::string_view(site.paths.telemetry) : route.path);
}

bool has_method(const Route& route, std::string_view method) {
  return method == route.method || (method == "HEAD" && route.method == "GET");
}

void allow(std::string& methods, std::string_view method) {
  if (!methods.empty()) methods += ", ";
  methods += method;
  if (method == "GET") methods += ", HEAD";
}

/// The routes that have the path, in their order.
std::vector<const Route*> routes_of(const Site& site, std::string_view path) {
  std::vector<const Route*> found;
  if (const auto below = below_prefix(site.paths, path)) {
    for (const Route& route : kRoutes)
      if (has_path(route, site, *below)) found.push_back(&route);
  } else if (path == kOutside.path) {
    found.push_back(&kOutside);
  }
  return found;
}

}  // namespace

Answer respond(const Site& site, const Request& request) {
  std::string allowed;
  for (const Route* route : routes_of(site, request.path)) {
    if (has_method(*route, request.method)) return route->handle(site, request);
    if (allowed.find(route->method) == std::string::npos) allow(allowed, route->method);
  }
  if (allowed.empty())
    return plain(404, "There is nothing at this path; " + site.paths.route_prefix + "/ lists what there is.");
  Answer answer = plain(405, "This path does not know this method; it knows " + allowed + ".");
  answer.allow = allowed;
  return answer;
}

bool asks_for_health(const Site& site, const Request& request) {
  const std::vector<const Route*> routes = routes_of(site, request.path);
  return !routes.empty() && routes.front()->is_health;
}

}  // namespace sas::web
