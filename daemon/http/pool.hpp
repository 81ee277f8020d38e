// SPDX-License-Identifier: Apache-2.0
#pragma once
// Connections that wait for their next request, by where they lead. Bookkeeping only: the time comes in as a
// value.

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "http/connection.hpp"

namespace sas::http {

class Pool {
 public:
  explicit Pool(Monotonic::duration idle_timeout) : idle_timeout_(idle_timeout) {}

  void put(std::string route, std::unique_ptr<Connection> connection, Instant now);

  /// The one used last that is not older than the idle timeout and still quiet; null where there is none.
  /// Those that are passed over are closed.
  std::unique_ptr<Connection> take(std::string_view route, Instant now);

  /// Closes those idle for too long.
  void drop_expired(Instant now);

  /// When drop_expired() has something to do next.
  [[nodiscard]] std::optional<Instant> next_expiry() const;

  [[nodiscard]] std::size_t size() const { return idle_.size(); }

 private:
  struct Idle {
    std::string route;
    std::unique_ptr<Connection> connection;
    Instant expiry;
  };

  Monotonic::duration idle_timeout_;
  std::list<Idle> idle_;  // the one that expires first stands first
};

}  // namespace sas::http
