// SPDX-License-Identifier: Apache-2.0
#include "web/routes.hpp"

#include <array>
#include <string_view>

#include "web/handlers.hpp"

namespace sas::web {
namespace {

struct Route {
  std::string_view method;
  std::string_view path;
  Answer (*handle)(const Site&, const Request&);
};

constexpr std::string_view kTelemetryPath;  // stands for the path that the site configures

// The first that fits counts, so metrics may be served at `/` too. Whatever has GET has HEAD.
constexpr std::array kRoutes{
    Route{"GET", kTelemetryPath, answer_metrics},
    Route{"GET", "/", answer_landing},
    Route{"GET", "/-/healthy", answer_healthy},
    Route{"GET", "/-/ready", answer_ready},
    Route{"POST", "/-/reload", answer_reload},
};

bool has_path(const Route& route, const Site& site, std::string_view path) {
  return path == (route.path == kTelemetryPath ? std::string_view(site.telemetry_path) : route.path);
}

bool has_method(const Route& route, std::string_view method) {
  return method == route.method || (method == "HEAD" && route.method == "GET");
}

void allow(std::string& methods, std::string_view method) {
  if (!methods.empty()) methods += ", ";
  methods += method;
  if (method == "GET") methods += ", HEAD";
}

}  // namespace

Answer respond(const Site& site, const Request& request) {
  std::string allowed;
  for (const Route& route : kRoutes) {
    if (!has_path(route, site, request.path)) continue;
    if (has_method(route, request.method)) return route.handle(site, request);
    if (allowed.find(route.method) == std::string::npos) allow(allowed, route.method);
  }
  if (allowed.empty()) return plain(404, "There is nothing at this path; / lists what there is.");
  Answer answer = plain(405, "This path does not know this method; it knows " + allowed + ".");
  answer.allow = allowed;
  return answer;
}

}  // namespace sas::web
