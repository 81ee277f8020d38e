// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/access_key.hpp"
#include "base/duration.hpp"
#include "settings/credential_rules.hpp"
#include "settings/regions.hpp"

namespace sas::cli {
namespace {

template <class Value>
std::string line(std::string_view name, const Value& value) {
  return fmt::format("  {:<24}{}\n", name, value);
}

std::string line(std::string_view name, Milliseconds duration) {
  return line(name, format_duration(duration));
}

std::string all_or(const std::vector<std::string>& chosen) {
  return chosen.empty() ? "all" : fmt::format("{}", fmt::join(chosen, ", "));
}

std::string or_never(Milliseconds limit) {
  return limit == Milliseconds{0} ? "never" : format_duration(limit);
}

/// Where one part of the credentials comes from; nothing where there is none.
std::string part(std::string_view name, std::string_view shown, const std::string& file) {
  if (!file.empty()) return fmt::format(", {} from {}", name, file);
  return shown.empty() ? std::string{} : fmt::format(", {} {}", name, shown);
}

std::string shown_id(std::string_view id) {
  return id.empty() ? std::string{} : masked_id(id);
}

std::string_view hidden(const Secret& secret) {
  return secret.empty() ? "" : "***";
}

/// `, role acs:…`; nothing where there is none.
std::string named(std::string_view name, const std::string& value) {
  return value.empty() ? std::string{} : fmt::format(", {} {}", name, value);
}

std::string credentials(const settings::Credentials& from) {
  using Type = settings::Credentials::Type;
  std::string text{settings::kCredentialTypes[static_cast<std::size_t>(from.type)]};
  if (from.type == Type::chain) text += ", where the official SDKs look";
  if (from.type == Type::ram_role_arn) {
    text +=
        fmt::format(", with a key of {}", settings::kCredentialTypes[static_cast<std::size_t>(from.source)]);
    for (const std::string& role : from.via)
      text += named("via", role);
  }
  return text + named("role", from.role_arn) + named("role", from.role_name) +
         named("profile", from.profile) + named("of", from.config_file) +
         part("id", shown_id(from.access_key_id), from.access_key_id_file) +
         part("secret", hidden(from.access_key_secret), from.access_key_secret_file) +
         part("token", hidden(from.security_token), from.security_token_file);
}

/// Which centre is asked, and why that one; nothing where the endpoint is neither's.
std::string site(const settings::WatchedTarget& watched) {
  if (watched.target.site.empty()) return {};
  std::string text = watched.target.site;
  if (const settings::Region* region = settings::find_region(watched.region)) {
    const bool is_closed = region->state == settings::Region::State::closed;
    text += fmt::format(", to which {}{} belongs", is_closed ? "the closed region " : "", region->name);
  }
  text = line("site", text);
  if (watched.network == settings::Network::internet) return text;
  return text + line("network", "vpc, for VPCs of " + settings::regions_with(watched.target.endpoint));
}

std::string target(const settings::WatchedTarget& watched) {
  std::string text = fmt::format("target {}\n", watched.target.name) + site(watched);
  text += line("endpoint", watched.target.endpoint);
  if (watched.target.endpoint.starts_with("http://")) {
    text += line("", "warning: everything goes over the network in the clear");
  }
  if (!watched.target.ca_file.empty()) text += line("ca_file", watched.target.ca_file);
  text += line("credentials", credentials(watched.credentials));
  text += line("task_types", all_or(watched.target.task_types));
  return text + line("task_sources", all_or(watched.target.task_sources));
}

std::string poll(const settings::Poll& from) {
  return "poll\n" + line("interval", from.interval) + line("idle_interval", from.idle_interval) +
         line("jitter", from.jitter) + line("page_size", from.page_size) + line("lookback", from.lookback) +
         line("request_timeout", from.request_timeout) +
         line("max_requests_per_second", from.max_requests_per_second) +
         line("max_retries", from.max_retries);
}

std::string metrics(const settings::Metrics& from) {
  return "metrics\n" + line("task_series", from.task_series) + line("task_retention", from.task_retention) +
         line("max_tasks", from.max_tasks) + line("hold", from.hold);
}

std::string alerts(const settings::Alerts& from) {
  return "alerts\n" + line("stalled_after", or_never(from.stalled_after)) +
         line("not_started_after", or_never(from.not_started_after)) +
         line("running_longer_than", or_never(from.running_longer_than)) +
         line("sinks", from.sinks.empty() ? "none" : "log");
}

std::string state(const settings::State& from) {
  return "state\n" + line("file", from.file.empty() ? "none: memory only" : from.file);
}

std::string web(const settings::Web& from) {
  return "web\n" + line("listen_address", fmt::format("{}", fmt::join(from.listen_address, ", "))) +
         line("telemetry_path", from.telemetry_path);
}

std::string log(const settings::Log& from) {
  constexpr std::string_view kLevels[] = {"debug", "info", "warn", "error"};
  constexpr std::string_view kFormats[] = {"logfmt", "json"};
  return "log\n" + line("level", kLevels[static_cast<std::size_t>(from.level)]) +
         line("format", kFormats[static_cast<std::size_t>(from.format)]);
}

}  // namespace

std::string summary(const settings::Settings& settings) {
  std::string text;
  for (const settings::WatchedTarget& watched : settings.targets)
    text += target(watched);
  return text + poll(settings.poll) + metrics(settings.metrics) + alerts(settings.alerts) +
         state(settings.state) + web(settings.web) + log(settings.log);
}

}  // namespace sas::cli
