// SPDX-License-Identifier: Apache-2.0
// Any bytes as a web configuration: it is read or told what is wrong, within bounds; what is read can be
// served by, and no hash is told.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.hpp"
#include "settings/web_config.hpp"

namespace {

using sas::fuzz::require;

void require_servable(const sas::settings::WebConfig& config) {
  if (config.tls) {
    require(!config.tls->cert.empty() || !config.tls->cert_file.empty());
    require(!config.tls->key.empty() || !config.tls->key_file.empty());
    require(config.tls->min_version <= config.tls->max_version);
  }
  for (const auto& header : config.headers)
    require(header.value.find_first_of("\r\n") == std::string::npos && !header.value.empty());
  for (const auto& user : config.users)
    require(user.hash.reveal().size() == 60 && user.name.find(':') == std::string::npos);
  if (config.rate_limit) require(config.rate_limit->interval.count() > 0 && config.rate_limit->burst > 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view yaml{reinterpret_cast<const char*>(bytes), size};
  const auto parsed = sas::settings::parse_web_config(yaml);
  if (const auto* config = std::get_if<sas::settings::WebConfig>(&parsed)) {
    require_servable(*config);
    return 0;
  }
  const auto& mistakes = std::get<std::vector<sas::settings::Mistake>>(parsed);
  require(!mistakes.empty());
  for (const sas::settings::Mistake& mistake : mistakes)
    require(to_string(mistake, "f").find('\n') == std::string::npos);
  return 0;
}
