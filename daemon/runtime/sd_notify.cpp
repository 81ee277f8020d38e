// SPDX-License-Identifier: Apache-2.0
#include "runtime/sd_notify.hpp"

#include <cstdint>
#include <cstdlib>

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

namespace sas::runtime {

bool is_supervised() {
  const char* socket = std::getenv("NOTIFY_SOCKET");  // NOLINT(concurrency-mt-unsafe): nobody sets it
  return socket != nullptr && *socket != '\0';
}

bool notify(const std::string& assignments) {
  // Children that print keys do not get far with the socket: of them, the manager takes no message.
  return ::sd_notify(/*unset_environment=*/0, assignments.c_str()) >= 0;
}

std::optional<Monotonic::duration> watchdog_patience() {
  std::uint64_t microseconds = 0;
  if (::sd_watchdog_enabled(/*unset_environment=*/0, &microseconds) <= 0) return std::nullopt;
  return std::chrono::microseconds(microseconds);
}

std::string reloading_since(Instant now) {
  // Instant is CLOCK_MONOTONIC, which is what the manager compares with.
  const auto since = std::chrono::floor<std::chrono::microseconds>(now.time_since_epoch());
  return fmt::format("RELOADING=1\nMONOTONIC_USEC={}", since.count());
}

}  // namespace sas::runtime
