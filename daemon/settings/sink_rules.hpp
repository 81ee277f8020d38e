// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which keys go with which type and format of a sink.

#include <array>
#include <string_view>

#include "settings/filled.hpp"
#include "settings/settings.hpp"

namespace sas::settings {

/// In the order of Sink::Type and Sink::Format.
constexpr std::array<std::string_view, 3> kSinkTypes{"log", "alertmanager", "webhook"};
constexpr std::array<std::string_view, 3> kSinkFormats{"json", "dingtalk", "feishu"};

/// Tells what is wrong with a sink whose type is known.
void check_sink(const Sink& sink, const Filled& item);

/// With its name, and with its addresses as whoever sends takes them.
Sink resolve(Sink sink);

}  // namespace sas::settings
