// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the sessions of one server have in common, and how they say what they are at. They share its
// ownership, so a session that is torn down late, with the loop itself, finds it still there.

#include <cstddef>
#include <set>

#include "runtime/logging.hpp"
#include "web/connection.hpp"
#include "web/server_settings.hpp"
#include "web/site.hpp"

namespace sas::web {

struct ServerState {
  Site site;
  ServerSettings settings;
  runtime::Log& log;
  std::size_t scrapes = 0;          // under way
  bool draining = false;            // no further requests are read
  std::set<Connection*> waiting{};  // those that nobody would miss: between requests, or parting

  /// Has the sessions end: those that wait at once, the others after the request that they are at.
  void drain();
};

/// Counts among the waiting while it lives.
class Waiting {
 public:
  Waiting(ServerState& state, Connection& connection);
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  ServerState& state_;
  Connection* connection_;
};

/// Counts among the scrapes under way while it lives.
class ScrapePlace {
 public:
  explicit ScrapePlace(ServerState& state) : state_(state) { ++state_.scrapes; }
  ~ScrapePlace() { --state_.scrapes; }
  ScrapePlace(const ScrapePlace&) = delete;
  ScrapePlace& operator=(const ScrapePlace&) = delete;

 private:
  ServerState& state_;
};

/// Resets the connection when it ends before the answer does, by whatever way: a body that the close
/// delimits, as HTTP/1.0 has it, would look whole.
class Unfinished {
 public:
  explicit Unfinished(Connection& connection) : connection_(&connection) {}
  ~Unfinished();
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  void finished() { connection_ = nullptr; }

 private:
  Connection* connection_;
};

}  // namespace sas::web
