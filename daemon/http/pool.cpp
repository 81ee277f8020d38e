// SPDX-License-Identifier: Apache-2.0
#include "http/pool.hpp"

#include <iterator>
#include <utility>

namespace sas::http {

void Pool::put(std::string route, std::unique_ptr<Connection> connection, Instant now) {
  idle_.push_back(
      {.route = std::move(route), .connection = std::move(connection), .expiry = now + idle_timeout_});
}

std::unique_ptr<Connection> Pool::take(std::string_view route, Instant now) {
  drop_expired(now);
  for (auto after = idle_.end(); after != idle_.begin();) {
    const auto candidate = std::prev(after);
    if (candidate->route != route) {
      after = candidate;
      continue;
    }
    std::unique_ptr<Connection> connection = std::move(candidate->connection);
    after = idle_.erase(candidate);
    if (connection->transport->quiet()) return connection;
  }
  return nullptr;
}

void Pool::drop_expired(Instant now) {
  while (!idle_.empty() && idle_.front().expiry <= now)
    idle_.pop_front();
}

std::optional<Instant> Pool::next_expiry() const {
  if (idle_.empty()) return std::nullopt;
  return idle_.front().expiry;
}

}  // namespace sas::http
