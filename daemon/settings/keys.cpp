// SPDX-License-Identifier: Apache-2.0
// The table of all keys.
#include <array>

#include "settings/alert_keys.hpp"
#include "settings/checks.hpp"
#include "settings/credential_keys.hpp"
#include "settings/declare.hpp"
#include "settings/regions.hpp"
#include "settings/sink_keys.hpp"
#include "settings/web_checks.hpp"

namespace sas::settings {
namespace {

// In the order of their enums.
constexpr std::array<std::string_view, 2> kNetworks{"public", "vpc"};
constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warn", "error"};
constexpr std::array<std::string_view, 2> kFormats{"logfmt", "json"};

constexpr std::array kTargetKeys{
    items({.path = "targets",
           .shape = within("1", "1000"),
           .presence = Presence::required,
           .sentence = "The accounts to watch."}),
    target_itself<&Target::name>(
        {.path = "targets[].name",
         .shape = checked(check_name),
         .example = "production",
         .presence = Presence::required,
         .sentence = "Label `target` of all its series; unique, at most 64 characters."}),
    target<&TargetDraft::site>(
        {.path = "targets[].site",
         .shape = checked(check_site),
         .example = "cn",
         .presence = Presence::one_of,
         .sentence =
             "The service centre: cn serves mainland China and Hong Kong, intl all other regions. A "
             "region, such as eu-central-1, stands for the one it belongs to. Either this or endpoint "
             "must stand here, since an account asked at the wrong centre just looks empty."}),
    target<&TargetDraft::network>({.path = "targets[].network",
                                   .shape = one_of(kNetworks),
                                   .default_text = "public",
                                   .sentence = "vpc reaches the centre from within a VPC; goes with site, "
                                               "best with the region of that VPC, since not every region has "
                                               "a host for it."}),
    target_itself<&Target::endpoint>({.path = "targets[].endpoint",
                                      .shape = checked(check_endpoint),
                                      .example = "https://tds.cn-shanghai.aliyuncs.com",
                                      .presence = Presence::one_of,
                                      .sentence = "Instead of site: https://host or https://host:port. "
                                                  "http:// sends everything in the clear and is "
                                                  "taken only where it is written out."}),
    target_itself<&Target::ca_file>({.path = "targets[].ca_file",
                                     .shape = any(),
                                     .example = "/etc/ssl/certs/proxy-ca.pem",
                                     .sentence = "PEM file of a certificate authority to trust for this "
                                                 "target besides the system's: for its endpoint, STS "
                                                 "and the credentials URI."}),
    target_itself<&Target::task_types>(
        {.path = "targets[].task_types",
         .shape = within("0", "100"),
         .default_text = "[]",
         .sentence = "Only tasks of these types, such as CHECK_SCHEDULE; empty: all."}),
    target_itself<&Target::task_sources>({.path = "targets[].task_sources",
                                          .shape = within("0", "100"),
                                          .default_text = "[]",
                                          .sentence = "Only tasks of these sources; empty: all."}),
};

constexpr std::array kPollAndMetricsKeys{
    settings<&Settings::poll, &Poll::interval>(
        {.path = "poll.interval",
         .shape = within("100ms", "1h"),
         .default_text = "30s",
         .sentence = "From the start of one poll to the next while a task is active."}),
    settings<&Settings::poll, &Poll::idle_interval>(
        {.path = "poll.idle_interval",
         .shape = within("100ms", "1d"),
         .default_text = "2m",
         .sentence =
             "The same while no task is active, and the longest pause after failures; not below interval."}),
    settings<&Settings::poll, &Poll::jitter>(
        {.path = "poll.jitter",
         .shape = within("0", "0.5"),
         .default_text = "0.1",
         .sentence = "Each pause is longer or shorter by up to this fraction of it, at random."}),
    settings<&Settings::poll, &Poll::page_size>(
        {.path = "poll.page_size",
         .shape = within("1", "1000"),
         .default_text = "100",
         .sentence =
             "Tasks asked for in one call. The service documents no limit; its other lists take up to 100."}),
    settings<&Settings::poll, &Poll::lookback>(
        {.path = "poll.lookback",
         .shape = within("1m", "365d"),
         .default_text = "24h",
         .sentence = "How far back, by creation time, finished tasks are looked at."}),
    settings<&Settings::poll, &Poll::request_timeout>(
        {.path = "poll.request_timeout",
         .shape = within("100ms", "5m"),
         .default_text = "10s",
         .sentence = "Deadline of one call, from the connection to the last byte of the answer."}),
    settings<&Settings::poll, &Poll::max_requests_per_second>(
        {.path = "poll.max_requests_per_second",
         .shape = within("0.01", "1000"),
         .default_text = "5",
         .sentence = "Hard budget of calls to one account and action, retries included."}),
    settings<&Settings::poll, &Poll::max_retries>(
        {.path = "poll.max_retries",
         .shape = within("0", "10"),
         .default_text = "3",
         .sentence = "How often a call that failed for a passing reason is tried again."}),
    settings<&Settings::metrics, &Metrics::task_series>(
        {.path = "metrics.task_series",
         .default_text = "true",
         .sentence = "Whether each task has series of its own; counts per target are always there."}),
    settings<&Settings::metrics, &Metrics::task_retention>(
        {.path = "metrics.task_retention",
         .shape = within("0s", "30d"),
         .default_text = "1h",
         .sentence = "How long a finished task keeps its series, and a time-out its alert."}),
    settings<&Settings::metrics, &Metrics::max_tasks>(
        {.path = "metrics.max_tasks",
         .shape = within("1", "1000000"),
         .default_text = "10000",
         .sentence =
             "Most tasks with series per target; active ones come first, what is dropped is counted."}),
    settings<&Settings::metrics, &Metrics::hold>(
        {.path = "metrics.hold",
         .shape = within("0s", "1d"),
         .default_text = "5m",
         .sentence = "How long the last good values are served while polls fail."}),
};

constexpr std::array kOwnKeys{
    settings<&Settings::state, &State::file>(
        {.path = "state.file",
         .shape = any(),
         .example = "/var/lib/sas-operation-exporter/state",
         .sentence = "Where to remember tasks and alerts, so that after a restart nothing is told twice "
                     "or missed; its folder must exist and be writable. Without it a restart begins from "
                     "what it finds, and tells nothing of what happened before."}),
    settings<&Settings::web, &Web::listen_address>(
        {.path = "web.listen_address",
         .shape = within("1", "16", check_listen_address),
         .default_text = "[\"127.0.0.1:10973\"]",
         .sentence =
             "host:port, [v6]:port, or :port for all addresses; --web.listen-address goes before it."}),
    settings<&Settings::web, &Web::systemd_socket>(
        {.path = "web.systemd_socket",
         .default_text = "false",
         .sentence = "Whether to serve at the sockets that systemd hands over (a .socket unit) instead of "
                     "listen_address; the same as --web.systemd-socket."}),
    settings<&Settings::web, &Web::config_file>(
        {.path = "web.config_file",
         .shape = any(),
         .example = "/etc/sas-operation-exporter/web-config.yml",
         .sentence =
             "TLS, client certificates, users, headers and a rate limit, in the format that all "
             "exporters share; without it plain HTTP for everybody. --web.config.file goes before it."}),
    settings<&Settings::web, &Web::telemetry_path>(
        {.path = "web.telemetry_path",
         .shape = checked(check_telemetry_path),
         .default_text = "/metrics",
         .sentence = "Where the metrics are; --web.telemetry-path goes before it."}),
    settings<&Settings::web, &Web::external_url>(
        {.path = "web.external_url",
         .shape = checked(check_external_url),
         .example = "https://monitoring.example.com/sas",
         .sentence = "Where the pages are seen from outside, behind a proxy; their links go by its path. "
                     "--web.external-url goes before it."}),
    settings<&Settings::web, &Web::route_prefix>(
        {.path = "web.route_prefix",
         .shape = checked(check_route_prefix),
         .example = "/sas",
         .sentence = "Path before that of each page, as the daemon serves it. Without it the path of "
                     "external_url; / where a proxy takes that away. --web.route-prefix goes before it."}),
    settings<&Settings::web, &Web::health_without_auth>(
        {.path = "web.health_without_auth",
         .default_text = "false",
         .sentence =
             "Whether /-/healthy and /-/ready answer without user and password where config_file asks "
             "for them; the same as --web.health-without-auth."}),
    settings<&Settings::log, &Log::level>(
        {.path = "log.level",
         .shape = one_of(kLevels),
         .default_text = "info",
         .sentence = "The least that is written; --log.level goes before it."}),
    settings<&Settings::log, &Log::format>(
        {.path = "log.format",
         .shape = one_of(kFormats),
         .default_text = "logfmt",
         .sentence = "How a line is written; --log.format goes before it."}),
};

constexpr auto kKeys =
    joined(kTargetKeys, kCredentialKeys, kPollAndMetricsKeys, kAlertKeys, kSinkKeys, kOwnKeys);

}  // namespace

std::span<const Key> keys() {
  return kKeys;
}

}  // namespace sas::settings
