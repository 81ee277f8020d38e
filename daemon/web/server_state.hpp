// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the sessions of one server have in common, and how they say what they are at. They share its
// ownership, so a session that is torn down late, with the loop itself, finds it still there.

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "runtime/logging.hpp"
#include "web/connection.hpp"
#include "web/password_checks.hpp"
#include "web/server_settings.hpp"
#include "web/site.hpp"
#include "web/token_bucket.hpp"
#include "web/web_config.hpp"

namespace sas::web {

struct ServerState {
  ServerState(Site what, ServerSettings how, runtime::Log& to, asio::any_io_executor loop)
      : site(std::move(what)), settings(std::move(how)), log(to), passwords(std::move(loop)) {}

  Site site;
  ServerSettings settings;
  runtime::Log& log;
  PasswordChecks passwords;
  std::shared_ptr<const WebConfig> config = std::make_shared<WebConfig>();  // never null
  std::optional<TokenBucket> tokens{};                                      // where there is a rate limit
  std::size_t scrapes = 0;                                                  // under way
  bool draining = false;                                                    // no further requests are read
  std::set<Connection*> waiting{};      // those that nobody would miss: between requests, or parting
  std::list<Connection*> handshakes{};  // under way, the oldest first
  std::set<std::string> refusals{};     // why handshakes failed, as far as it has been told

  /// For connections and requests to come. Connections that are there go on; they part after their next
  /// answer where TLS is set up in another way than they know.
  void use(std::shared_ptr<WebConfig> given);

  /// Whoever set up a client wants to know why it gets no answer, but not by a line for each of its attempts.
  void report_handshake(const std::string& reason);

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

/// Counts among the handshakes under way while it lives. Where there are too many, the oldest is cut off: one
/// that is slow on purpose keeps no other out.
class HandshakePlace {
 public:
  HandshakePlace(ServerState& state, Connection& connection);
  ~HandshakePlace();
  HandshakePlace(const HandshakePlace&) = delete;
  HandshakePlace& operator=(const HandshakePlace&) = delete;

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
