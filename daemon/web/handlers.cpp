// SPDX-License-Identifier: Apache-2.0
#include "web/handlers.hpp"

#include <fmt/format.h>

#include "web/accept_encoding.hpp"
#include "web/pages.hpp"

namespace sas::web {
namespace {

Answer answer_state(std::string_view state, bool holds, const std::string& reason) {
  if (holds) return plain(200, state);
  return plain(503, reason.empty() ? fmt::format("not {}", state) : fmt::format("not {}: {}", state, reason));
}

}  // namespace

Answer answer_landing(const Site& site, const Request& /*request*/) {
  Answer answer;
  answer.content_type = "text/html; charset=utf-8";
  answer.body = landing_page(site);
  return answer;
}

Answer answer_redirect(const Site& site, const Request& /*request*/) {
  Answer answer = plain(302, "The pages are at " + site.paths.route_prefix + "/.");
  answer.location = site.paths.route_prefix + "/";
  return answer;
}

Answer answer_metrics(const Site& /*site*/, const Request& request) {
  Answer answer;
  answer.scrape.emplace();
  answer.scrape->format = exposition::negotiate(request.accept);
  answer.scrape->encoding = negotiate_encoding(request.accept_encoding);
  return answer;
}

Answer answer_healthy(const Site& site, const Request& /*request*/) {
  const Health health = site.health();
  return answer_state("healthy", health.alive, health.reason);
}

Answer answer_ready(const Site& site, const Request& /*request*/) {
  const Health health = site.health();
  return answer_state("ready", health.ready, health.reason);
}

Answer answer_reload(const Site& site, const Request& /*request*/) {
  if (!site.reload) return plain(501, "This process cannot reload its configuration.");
  Answer answer;
  answer.reload = true;
  return answer;
}

}  // namespace sas::web
