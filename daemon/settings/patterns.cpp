// SPDX-License-Identifier: Apache-2.0
#include "settings/patterns.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "settings/checks.hpp"
#include "settings/credential_checks.hpp"
#include "settings/url_checks.hpp"
#include "settings/web_checks.hpp"

namespace sas::settings {
namespace {

// C0, DEL and C1, as has_control_character() knows them; for brackets. As escapes of the pattern: the
// characters themselves would be unreadable in the file.
constexpr std::string_view kControl = R"(\u0000-\u001f\u007f-\u009f)";
constexpr std::string_view kHost =
    R"((?:(?![A-Za-z0-9._-]*\.\.)[A-Za-z0-9_][A-Za-z0-9._-]{0,252}|\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\]))";
constexpr std::string_view kPort =
    R"(0*(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))";

std::string endpoint() {
  return fmt::format("https?://{}(?::{})?", kHost, kPort);
}

/// What a path, or a query with it, is made of.
std::string of_urls(std::string_view besides) {
  return fmt::format("(?:[A-Za-z0-9._~!$&'()*+,;=:@/{}-]|%[0-9A-Fa-f]{{2}})*", besides);
}

std::string whole(std::string_view pattern) {
  return fmt::format("^{}$", pattern);
}

std::string name() {
  return whole(fmt::format("[^ {0}](?:[^{0}]{{0,62}}[^ {0}])?", kControl));
}

std::string listen_address() {
  return whole(fmt::format("{}?:(?:0+|{})", kHost, kPort));
}

std::string key() {
  return whole(R"((?:(?![<>\[\](){}"'`,;])[!-~])+)");
}

std::string arn(std::string_view kind) {
  return whole(fmt::format("acs:ram::[0-9]+:{}/[A-Za-z0-9/._@-]+", kind));
}

std::string policy() {
  return whole(fmt::format(R"(\{{[^{}]{{0,2046}}\}})", kControl));
}

std::string credentials_uri() {
  return whole(fmt::format("https?://[^/?#@ {0}]+(?:[/?][^# {0}]*)?", kControl));
}

std::string sink_url() {
  return whole(fmt::format("{}(?:[/?]{})?", endpoint(), of_urls("?")));
}

std::string alertmanager_url() {
  return fmt::format("^(?!.*/api/v[12](?:/alerts)?/*$){}(?:/{})?$", endpoint(), of_urls(""));
}

std::string runbook_url() {
  return whole(fmt::format("{}/(?:{}/)?", endpoint(), of_urls("")));
}

std::string telemetry_path() {
  return whole(R"(/(?!-/|api/)(?:(?![?#%])[!-~])+)");
}

/// Without an empty step, or one that begins with a dot.
std::string path() {
  return "(?:(?!//|/\\.)[A-Za-z0-9/._~-])*";
}

std::string external_url() {
  return whole(fmt::format("(?:{})?(?:(?=/){})?", endpoint(), path()));
}

struct Row {
  Check check;
  std::string (*pattern)();
};

constexpr std::array kRows{
    Row{check_name, name},
    Row{check_endpoint, [] { return whole(endpoint()); }},
    Row{check_key, key},
    Row{check_listen_address, listen_address},
    Row{check_sink_name, [] { return whole("[a-z0-9_-]{1,64}"); }},
    Row{check_task_type, [] { return whole("[A-Za-z0-9_.-]{1,64}"); }},
    Row{check_role_arn, [] { return arn("role"); }},
    Row{check_oidc_provider_arn, [] { return arn("oidc-provider"); }},
    Row{check_session_name, [] { return whole("[A-Za-z0-9.@_-]{2,64}"); }},
    Row{check_external_id, [] { return whole("[A-Za-z0-9+=,.@:/_-]{2,1224}"); }},
    Row{check_policy, policy},
    Row{check_region, [] { return whole("(?=[A-Za-z0-9]*-)[A-Za-z][A-Za-z0-9-]{0,62}[A-Za-z0-9]"); }},
    Row{check_role_name, [] { return whole("[A-Za-z0-9._-]{1,64}"); }},
    Row{check_uri, credentials_uri},
    Row{check_sink_url, sink_url},
    Row{check_alertmanager_url, alertmanager_url},
    Row{check_runbook_url, runbook_url},
    Row{check_telemetry_path, telemetry_path},
    Row{check_external_url, external_url},
    Row{check_route_prefix, [] { return whole(path()); }},
};

}  // namespace

std::string plain_pattern() {
  return whole(fmt::format("[^{}]+", kControl));
}

std::string duration_pattern() {
  std::string parts;
  for (const std::string_view unit : {"y", "w", "d", "h", "m", "s", "ms"})
    parts += fmt::format("(?:[0-9]+{})?", unit);
  return fmt::format("^(?:0|(?=[0-9]){})$", parts);
}

std::string pattern_of(Check check) {
  const auto* const row = std::ranges::find(kRows, check, &Row::check);
  return row == kRows.end() ? plain_pattern() : row->pattern();
}

std::string private_address_pattern() {
  return or_variable(R"(^(?!http://)|^http://(?:\[::1\]|(?:127\.[0-9.]*|localhost)(?:[:/?]|$)))");
}

std::string or_variable(std::string_view pattern) {
  return fmt::format("{}|{}", pattern, variable_pattern());
}

std::string variable_pattern() {
  return R"(\$\{[A-Za-z_][A-Za-z0-9_]*\})";
}

}  // namespace sas::settings
