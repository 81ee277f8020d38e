// SPDX-License-Identifier: Apache-2.0
#include "api/row_fields.hpp"

#include <fmt/format.h>

#include "api/excerpt.hpp"
#include "api/list_operation_process.hpp"

namespace sas::api {

void check_id(std::string_view field, const std::string& id, ViolationTally& tally) {
  const std::string_view shown = tasks::shown_id(id);
  if (shown.size() == id.size() && !id.empty()) return;
  tally.add(field, [&] {
    return shown.empty() ? std::string{"empty"} : fmt::format("white space around {}", excerpt(shown, 64));
  });
}

tasks::StatusCode read_status(ondemand::value& value, tasks::StatusCode last_documented,
                              ViolationTally& tally) {
  constexpr std::string_view kField = "StatusCode";
  const auto number = read_integer(value, {tally, kField});
  if (!number) return kStatusNotGiven;
  const auto code = static_cast<tasks::StatusCode>(*number);
  if (code < 0 || code > last_documented || code != *number) {
    tally.add(kField, [&] { return fmt::format("{} is not documented", *number); });
  }
  // What this program calls vanished, no answer can say.
  return code == *number && code != tasks::kVanished ? code : kStatusNotGiven;
}

}  // namespace sas::api
