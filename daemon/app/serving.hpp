// SPDX-License-Identifier: Apache-2.0
#pragma once
// The web server from the settings, for the start and for each reload.

#include <optional>
#include <string>

#include "settings/settings.hpp"
#include "web/server_settings.hpp"
#include "web/site.hpp"

namespace sas::app {

web::ServerSettings server_settings(const settings::Web& web);
web::Paths paths(const settings::Web& web);

/// What is wrong with the file of web.config_file and with those that it names, a line each with its end;
/// none where nothing is.
std::optional<std::string> web_config_mistakes(const settings::Settings& settings);

}  // namespace sas::app
