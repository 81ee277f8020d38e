// SPDX-License-Identifier: Apache-2.0
#include "app/serving.hpp"

#include "web/paths.hpp"
#include "web/web_config.hpp"

namespace sas::app {

web::ServerSettings server_settings(const settings::Web& web) {
  web::ServerSettings server;
  server.listen_addresses = web.listen_address;
  server.systemd_socket = web.systemd_socket;
  return server;
}

web::Paths paths(const settings::Web& web) {
  web::Paths paths = web::make_paths({.telemetry_path = web.telemetry_path,
                                      .external_url = web.external_url,
                                      .route_prefix = web.route_prefix});
  paths.health_without_auth = web.health_without_auth;
  return paths;
}

std::optional<std::string> web_config_mistakes(const settings::Settings& settings) {
  const auto loaded = web::load_web_config(settings.web.config_file);
  if (loaded) return std::nullopt;
  return loaded.error().message + '\n';
}

}  // namespace sas::app
