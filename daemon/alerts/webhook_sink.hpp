// SPDX-License-Identifier: Apache-2.0
#pragma once
// Alerts, and transitions where they are wanted, to a webhook: each once, and in order.

#include <cstdint>
#include <memory>
#include <string>

#include "alerts/sink.hpp"
#include "alerts/surroundings.hpp"
#include "base/secret.hpp"

namespace sas::alerts {

enum class WebhookFormat : std::uint8_t { json, dingtalk, feishu };

/// What has a `…_file` stands in the one or in the other.
struct WebhookSettings {
  std::string name;
  WebhookFormat format = WebhookFormat::json;
  Secret url;
  std::string url_file = {};
  Secret secret = {};  // that a chat's messages are signed with; none: they are not
  std::string secret_file = {};
  Secret bearer_token = {};
  std::string bearer_token_file = {};
  std::string ca_file = {};  // trusted besides the system's
  bool transitions = false;
  std::string runbook_url = {};  // prefix of the addresses of the runbooks; empty: none are named
};

/// Neither address nor secret is in what the sink logs, counts or answers.
std::unique_ptr<Sink> make_webhook_sink(const WebhookSettings& settings, Surroundings surroundings);

}  // namespace sas::alerts
