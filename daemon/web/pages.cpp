// SPDX-License-Identifier: Apache-2.0
#include "web/pages.hpp"

#include <fmt/format.h>

namespace sas::web {

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '&':
        escaped += "&amp;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string landing_page(const Site& site) {
  constexpr std::string_view kPage = R"(<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>sas-operation-exporter</title></head>
<body>
<h1>sas-operation-exporter</h1>
<p>Watches the operation tasks of Alibaba Cloud Security Center. Version {version}.</p>
<ul>
<li><a href="{prefix}{metrics}">Metrics</a></li>
<li><a href="{prefix}/-/healthy">Health</a>: the daemon makes progress</li>
<li><a href="{prefix}/-/ready">Readiness</a>: each target has been asked at least once</li>
</ul>
</body>
</html>
)";
  return fmt::format(kPage, fmt::arg("version", escape_html(site.version)),
                     fmt::arg("prefix", escape_html(site.paths.link_prefix)),
                     fmt::arg("metrics", escape_html(site.paths.telemetry)));
}

}  // namespace sas::web
