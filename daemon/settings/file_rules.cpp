// SPDX-License-Identifier: Apache-2.0
#include "settings/file_rules.hpp"

#include <fmt/format.h>

#include "base/duration.hpp"

namespace sas::settings {
namespace {

void check_polls(const Poll& poll, const Filled& file) {
  if (poll.idle_interval >= poll.interval || file.is_told("poll.interval") ||
      file.is_told("poll.idle_interval"))
    return;
  // One of the two is given, since the defaults fit.
  const auto idle = file.given("poll.idle_interval");
  file.tell(idle ? *idle : file.given("poll.interval").value_or(file.at), "poll.idle_interval",
            fmt::format("is {}, less than the interval of {}; raise it, or lower the interval",
                        format_duration(poll.idle_interval), format_duration(poll.interval)));
}

}  // namespace

void check_file(const Draft& draft, const Filled& file) {
  check_polls(draft.settings.poll, file);
}

}  // namespace sas::settings
