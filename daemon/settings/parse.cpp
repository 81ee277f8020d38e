// SPDX-License-Identifier: Apache-2.0
#include "settings/parse.hpp"

#include "settings/document.hpp"
#include "settings/reader.hpp"

namespace sas::settings {

std::variant<Settings, std::vector<Mistake>> parse(std::string_view yaml, const Environment& environment) {
  const auto loaded = load(yaml);
  if (const auto* mistake = std::get_if<Mistake>(&loaded)) return std::vector{*mistake};
  return Reader{environment}.read(std::get<Document>(loaded));
}

}  // namespace sas::settings
