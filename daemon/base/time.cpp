// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <fmt/format.h>

namespace sas {
namespace {

struct Calendar {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<Milliseconds> clock;
};

Calendar calendar(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  return {.date = std::chrono::year_month_day{day}, .clock = std::chrono::hh_mm_ss<Milliseconds>{time - day}};
}

std::string format(const Calendar& at) {
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(at.date.year()),
                     static_cast<unsigned>(at.date.month()), static_cast<unsigned>(at.date.day()),
                     at.clock.hours().count(), at.clock.minutes().count(), at.clock.seconds().count());
}

}  // namespace

std::string format_seconds(Time time) {
  return format(calendar(time)) + 'Z';
}

std::string format_milliseconds(Time time) {
  const Calendar at = calendar(time);
  return fmt::format("{}.{:03}Z", format(at), at.clock.subseconds().count());
}

}  // namespace sas
