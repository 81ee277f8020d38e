// SPDX-License-Identifier: Apache-2.0
#include "app/sinks.hpp"

#include <string>
#include <utility>

#include "alerts/alertmanager_sink.hpp"
#include "alerts/log_sink.hpp"
#include "alerts/webhook_sink.hpp"

namespace sas::app {
namespace {

alerts::WebhookFormat format(settings::Sink::Format format) {
  switch (format) {
    case settings::Sink::Format::json:
      break;
    case settings::Sink::Format::dingtalk:
      return alerts::WebhookFormat::dingtalk;
    case settings::Sink::Format::feishu:
      return alerts::WebhookFormat::feishu;
  }
  return alerts::WebhookFormat::json;
}

alerts::WebhookSettings webhook(const settings::Sink& sink, const std::string& runbook_url) {
  return {.name = sink.name,
          .format = format(sink.format),
          .url = sink.url,
          .url_file = sink.url_file,
          .secret = sink.secret,
          .secret_file = sink.secret_file,
          .bearer_token = sink.bearer_token,
          .bearer_token_file = sink.bearer_token_file,
          .ca_file = sink.ca_file,
          .transitions = sink.transitions,
          .runbook_url = runbook_url};
}

alerts::AlertmanagerSettings alertmanager(const settings::Sink& sink, const std::string& runbook_url) {
  alerts::AlertmanagerSettings settings{.name = sink.name,
                                        .urls = sink.urls,
                                        .bearer_token = sink.bearer_token,
                                        .bearer_token_file = sink.bearer_token_file,
                                        .ca_file = sink.ca_file,
                                        .runbook_url = runbook_url};
  if (settings.urls.empty()) settings.urls.emplace_back(sink.url.reveal());
  return settings;
}

}  // namespace

std::vector<std::unique_ptr<alerts::Sink>> make_sinks(const settings::Alerts& settings,
                                                      const alerts::Surroundings& surroundings) {
  std::vector<std::unique_ptr<alerts::Sink>> sinks;
  for (const settings::Sink& sink : settings.sinks) {
    switch (sink.type) {
      case settings::Sink::Type::log:
        sinks.push_back(alerts::make_log_sink(sink.name, surroundings.registry, surroundings.log));
        break;
      case settings::Sink::Type::alertmanager:
        sinks.push_back(
            alerts::make_alertmanager_sink(alertmanager(sink, settings.runbook_url), surroundings));
        break;
      case settings::Sink::Type::webhook:
        sinks.push_back(alerts::make_webhook_sink(webhook(sink, settings.runbook_url), surroundings));
        break;
    }
  }
  return sinks;
}

}  // namespace sas::app
