// SPDX-License-Identifier: Apache-2.0
// Any bytes as a configuration: it is read or told what is wrong, within bounds, and never says what the
// environment holds.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"
#include "settings/parse.hpp"

namespace {

constexpr std::string_view kSecret = "zq9Hunter2";

// Short names are set: to what is fit for a key, to what holds a blank, to what no value may hold.
std::optional<std::string> environment(std::string_view name) {
  if (name.size() > 3) return std::nullopt;
  if (name.size() == 1) return std::string{kSecret};
  return std::string{kSecret} + (name.size() == 2 ? " " : "\x01");
}

void require_complete(const sas::settings::Settings& settings) {
  sas::fuzz::require(!settings.targets.empty() && !settings.web.listen_address.empty());
  for (const auto& watched : settings.targets) {
    sas::fuzz::require(!watched.target.name.empty());
    sas::fuzz::require(watched.target.endpoint.find("://") != std::string::npos);
  }
  for (const auto& sink : settings.alerts.sinks) {
    const bool has_address = !sink.url.empty() || !sink.url_file.empty() || !sink.urls.empty();
    sas::fuzz::require(!sink.name.empty() && has_address == (sink.type != sas::settings::Sink::Type::log));
  }
  for (const auto& silence : settings.alerts.silence)
    sas::fuzz::require(!silence.alert.empty() || !silence.target.empty() || !silence.task_type.empty());
}

void require_fit_to_show(const sas::settings::Mistake& mistake, std::string_view yaml) {
  const std::string line = to_string(mistake, "f");
  sas::fuzz::require(line.find('\n') == std::string::npos);
  sas::fuzz::require(line.find(kSecret) == std::string::npos || yaml.find(kSecret) != std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view yaml{reinterpret_cast<const char*>(bytes), size};
  const auto parsed = sas::settings::parse(yaml, environment);
  if (const auto* settings = std::get_if<sas::settings::Settings>(&parsed)) {
    require_complete(*settings);
    return 0;
  }
  const auto& mistakes = std::get<std::vector<sas::settings::Mistake>>(parsed);
  sas::fuzz::require(!mistakes.empty());
  for (const sas::settings::Mistake& mistake : mistakes)
    require_fit_to_show(mistake, yaml);
  return 0;
}
