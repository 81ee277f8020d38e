// SPDX-License-Identifier: Apache-2.0
#pragma once
// The file of --web.config.file, read and ready to be served by. All that can fail has been done when there
// is one of these.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "settings/web_config.hpp"
#include "web/server_tls.hpp"

namespace sas::web {

struct WebConfig {
  std::shared_ptr<ServerTls> tls;     // null: plain HTTP
  std::vector<settings::User> users;  // empty: nobody has to say who they are
  std::optional<settings::RateLimit> rate_limit;
  std::string header_lines;           // as they go into every head
  std::vector<std::string> warnings;  // what a person should know though it works
};

/// An empty path: plain HTTP for everybody. The error's message (configuration) has a line for each mistake,
/// `FILE:LINE:COLUMN: KEY: PROBLEM`, and shows no secret.
Result<std::shared_ptr<WebConfig>> load_web_config(const std::string& path);

}  // namespace sas::web
