// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which keys go with which type and format of a sink.

#include <array>
#include <span>
#include <string_view>

#include "settings/filled.hpp"
#include "settings/settings.hpp"

namespace sas::settings {

/// In the order of Sink::Type and Sink::Format.
constexpr std::array<std::string_view, 3> kSinkTypes{"log", "alertmanager", "webhook"};
constexpr std::array<std::string_view, 3> kSinkFormats{"json", "dingtalk", "feishu"};

/// Kinds are sets of bits.
struct SinkRule {
  static constexpr unsigned kAlertmanager = 1U;
  static constexpr unsigned kJson = 2U;  // a webhook of the first format; those after it follow
  static constexpr unsigned kWebhook = ((1U << kSinkFormats.size()) - 1U) * kJson;

  std::string_view key;
  unsigned kinds = 0;                // of sinks that take it
  std::string_view home;             // the same in words
  std::string_view instead_of = {};  // the key that it excludes
};

std::span<const SinkRule> sink_rules();

/// Tells what is wrong with a sink whose type is known.
void check_sink(const Sink& sink, const Filled& item);

/// With its name, and with its addresses as whoever sends takes them.
Sink resolve(Sink sink);

}  // namespace sas::settings
