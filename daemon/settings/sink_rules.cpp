// SPDX-License-Identifier: Apache-2.0
#include "settings/sink_rules.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "settings/url_checks.hpp"

namespace sas::settings {
namespace {

using Type = Sink::Type;
using Format = Sink::Format;

constexpr unsigned kAlertmanager = SinkRule::kAlertmanager;
constexpr unsigned kJson = SinkRule::kJson;
constexpr unsigned kDingtalk = kJson << 1U;
constexpr unsigned kFeishu = kJson << 2U;
constexpr unsigned kWebhook = SinkRule::kWebhook;

constexpr std::array kRules{
    SinkRule{.key = "url", .kinds = kAlertmanager | kWebhook, .home = "type: alertmanager or webhook"},
    SinkRule{.key = "url_file", .kinds = kWebhook, .home = "type: webhook", .instead_of = "url"},
    SinkRule{.key = "urls", .kinds = kAlertmanager, .home = "type: alertmanager", .instead_of = "url"},
    SinkRule{.key = "format", .kinds = kWebhook, .home = "type: webhook"},
    SinkRule{
        .key = "secret", .kinds = kDingtalk | kFeishu, .home = "a webhook of format: dingtalk or feishu"},
    SinkRule{.key = "secret_file",
             .kinds = kDingtalk | kFeishu,
             .home = "a webhook of format: dingtalk or feishu",
             .instead_of = "secret"},
    SinkRule{.key = "bearer_token",
             .kinds = kAlertmanager | kJson,
             .home = "type: alertmanager, or a webhook of format: json"},
    SinkRule{.key = "bearer_token_file",
             .kinds = kAlertmanager | kJson,
             .home = "type: alertmanager, or a webhook of format: json",
             .instead_of = "bearer_token"},
    SinkRule{.key = "ca_file", .kinds = kAlertmanager | kWebhook, .home = "type: alertmanager or webhook"},
    SinkRule{.key = "transitions", .kinds = kWebhook, .home = "type: webhook"},
};

/// Nothing for the log, which takes no key. Of a webhook without a known format it is all that it may be.
unsigned kinds_of(const Sink& sink, bool format_is_known) {
  switch (sink.type) {
    case Type::log:
      return 0;
    case Type::alertmanager:
      return kAlertmanager;
    case Type::webhook:
      return format_is_known ? kJson << static_cast<unsigned>(sink.format) : kWebhook;
  }
  return 0;
}

std::string here(const Sink& sink) {
  const std::string_view type = kSinkTypes[static_cast<std::size_t>(sink.type)];
  if (sink.type != Type::webhook) return fmt::format("here the type is {}", type);
  return fmt::format("here the type is webhook, the format {}",
                     kSinkFormats[static_cast<std::size_t>(sink.format)]);
}

void check(const SinkRule& rule, const Sink& sink, unsigned kinds, const Filled& item) {
  const auto at = item.given(rule.key);
  if (!at) return;
  if ((rule.kinds & kinds) == 0) {
    item.tell(*at, rule.key, fmt::format("goes with {}; {}", rule.home, here(sink)));
  } else if (!rule.instead_of.empty() && item.given(rule.instead_of)) {
    item.tell(*at, rule.key, fmt::format("excludes {}; keep one of the two", rule.instead_of));
  }
}

void check_address(const Sink& sink, const Filled& item) {
  if (sink.type == Type::log) return;
  const std::string_view other = sink.type == Type::alertmanager ? "urls" : "url_file";
  if (item.given("url") || item.given(other)) return;
  item.tell(item.given("type").value_or(item.at), "url",
            fmt::format("is missing; a sink of type {} needs it, or {}",
                        kSinkTypes[static_cast<std::size_t>(sink.type)], other));
}

std::string without_slash(std::string_view url) {
  while (url.ends_with('/'))
    url.remove_suffix(1);
  return std::string{url};
}

void check_alertmanagers(const Sink& sink, const Filled& item) {
  if (sink.type != Type::alertmanager) return;
  if (!sink.url.empty()) {
    if (const auto problem = check_alertmanager_url(sink.url.reveal()))
      item.tell(item.given("url").value_or(item.at), "url", fmt::format("the value {}", problem->text));
  }
  for (auto url = sink.urls.begin(); url != sink.urls.end(); ++url) {
    const bool is_above = std::any_of(sink.urls.begin(), url, [url](const std::string& above) {
      return above != *url && without_slash(above) == without_slash(*url);
    });
    if (is_above)
      item.tell(item.given("urls").value_or(item.at), "urls",
                "has one address with and without a slash at its end; keep one of the two");
  }
}

void check_token(const Sink& sink, const Filled& item) {
  const bool has_token = item.given("bearer_token").has_value();
  const auto at = has_token ? item.given("bearer_token") : item.given("bearer_token_file");
  const bool is_clear =
      is_in_the_clear(sink.url.reveal()) || std::any_of(sink.urls.begin(), sink.urls.end(), is_in_the_clear);
  if (!at || !is_clear) return;
  item.tell(*at, has_token ? "bearer_token" : "bearer_token_file",
            "would go over the network in the clear; write https:// in the address, or leave the token out");
}

}  // namespace

std::span<const SinkRule> sink_rules() {
  return kRules;
}

void check_sink(const Sink& sink, const Filled& item) {
  const unsigned kinds = kinds_of(sink, !item.is_told("format"));
  for (const SinkRule& rule : kRules)
    check(rule, sink, kinds, item);
  check_address(sink, item);
  check_alertmanagers(sink, item);
  if ((kinds & (kAlertmanager | kJson)) != 0) check_token(sink, item);
}

Sink resolve(Sink sink) {
  if (sink.name.empty()) sink.name = kSinkTypes[static_cast<std::size_t>(sink.type)];
  if (sink.type != Type::alertmanager) return sink;
  sink.url = Secret{without_slash(sink.url.reveal())};
  for (std::string& url : sink.urls)
    url = without_slash(url);
  return sink;
}

}  // namespace sas::settings
