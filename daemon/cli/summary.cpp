// SPDX-License-Identifier: Apache-2.0
#include "cli/summary.hpp"

#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/access_key.hpp"
#include "base/duration.hpp"
#include "settings/credential_rules.hpp"
#include "settings/regions.hpp"
#include "settings/sink_rules.hpp"
#include "settings/url_checks.hpp"

namespace sas::cli {
namespace {

template <class Value>
std::string line(std::string_view name, const Value& value) {
  return fmt::format("  {:<23} {}\n", name, value);
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

/// A value a line, under one name.
std::string lines(std::string_view name, const std::vector<std::string>& values) {
  if (values.empty()) return line(name, "none");
  std::string text = line(name, values.front());
  for (std::size_t index = 1; index < values.size(); ++index)
    text += line("", values[index]);
  return text;
}

std::vector<std::string> expected(const std::vector<settings::ExpectedCheck>& checks) {
  std::vector<std::string> shown;
  shown.reserve(checks.size());
  for (const settings::ExpectedCheck& check : checks)
    shown.push_back(fmt::format("{} within {}", check.task_type, format_duration(check.within)));
  return shown;
}

std::vector<std::string> silenced(const std::vector<settings::Silence>& silences) {
  std::vector<std::string> shown;
  shown.reserve(silences.size());
  for (const settings::Silence& silence : silences) {
    shown.push_back((silence.alert.empty() ? "all alerts" : silence.alert) +
                    named("of target", silence.target) + named("of type", silence.task_type));
  }
  return shown;
}

/// What of an address is no secret: behind the host may stand a token.
std::string shown_url(std::string_view url) {
  const std::string_view origin = settings::origin_of(url);
  return fmt::format("{}{}", origin, url.size() > origin.size() + 1 ? "/***" : "");
}

std::string address(const settings::Sink& sink) {
  if (!sink.url_file.empty()) return " at an address from " + sink.url_file;
  if (!sink.urls.empty()) return fmt::format(" at {}", fmt::join(sink.urls, " and "));
  return sink.url.empty() ? std::string{} : " at " + shown_url(sink.url.reveal());
}

bool is_in_the_clear(const settings::Sink& sink) {
  return sink.type == settings::Sink::Type::webhook && settings::is_in_the_clear(sink.url.reveal());
}

std::vector<std::string> sinks(const std::vector<settings::Sink>& sinks) {
  std::vector<std::string> shown;
  for (const settings::Sink& sink : sinks) {
    const std::string_view type = settings::kSinkTypes[static_cast<std::size_t>(sink.type)];
    std::string text = sink.name == type ? std::string{type} : fmt::format("{}, of type {}", sink.name, type);
    if (sink.type == settings::Sink::Type::webhook)
      text += fmt::format(" as {}", settings::kSinkFormats[static_cast<std::size_t>(sink.format)]);
    text += address(sink) + part("secret", hidden(sink.secret), sink.secret_file) +
            part("bearer token", hidden(sink.bearer_token), sink.bearer_token_file) +
            named("trusting", sink.ca_file) + (sink.transitions ? ", transitions too" : "");
    shown.push_back(text);
    if (is_in_the_clear(sink)) shown.emplace_back("warning: alerts go there over the network in the clear");
  }
  return shown;
}

std::string alerts(const settings::Alerts& from) {
  return "alerts\n" + line("stalled_after", or_never(from.stalled_after)) +
         line("not_started_after", or_never(from.not_started_after)) +
         line("running_longer_than", or_never(from.running_longer_than)) +
         line("learn_durations", from.learn_durations) + lines("expect", expected(from.expect)) +
         line("poll_failing_after", or_never(from.poll_failing_after)) +
         line("credentials_expiring_within", or_never(from.credentials_expiring_within)) +
         line("contract_drift_for", or_never(from.contract_drift_for)) +
         line("failed_subtasks", from.failed_subtasks) + lines("silence", silenced(from.silence)) +
         line("runbook_url", from.runbook_url.empty() ? "none" : from.runbook_url) +
         lines("sinks", sinks(from.sinks));
}

std::string state(const settings::State& from) {
  return "state\n" + line("file", from.file.empty() ? "none: memory only" : from.file);
}

std::string web(const settings::Web& from) {
  return "web\n" + line("listen_address", fmt::format("{}", fmt::join(from.listen_address, ", "))) +
         line("systemd_socket", from.systemd_socket) +
         line("config_file", from.config_file.empty() ? "none: plain HTTP for everybody" : from.config_file) +
         line("telemetry_path", from.telemetry_path) +
         line("external_url", from.external_url.empty() ? "none" : from.external_url) +
         line("route_prefix", from.route_prefix.empty() ? "the path of external_url" : from.route_prefix) +
         line("health_without_auth", from.health_without_auth);
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
