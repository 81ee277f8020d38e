// SPDX-License-Identifier: Apache-2.0
#pragma once
// The HTTP server: listens, hands each connection to a session of its own, and winds down in order. One
// thread, the loop's.

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "runtime/logging.hpp"
#include "runtime/task_group.hpp"
#include "web/server_settings.hpp"
#include "web/site.hpp"

namespace sas::web {

struct ServerState;

class Server {
 public:
  /// `log`, and what the site's functions refer to, must outlive the loop.
  Server(boost::asio::any_io_executor executor, ServerSettings settings, Site site, runtime::Log& log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds every address, or none. Returns them as bound, so with the ports that the kernel chose for 0.
  /// Connections that come before run() wait.
  Result<std::vector<std::string>> listen();

  /// Serves until it is cancelled. Then it accepts nothing more, lets the requests under way finish within
  /// drain_timeout, cancels the rest, and returns when all are gone. Once; the server must live until then.
  boost::asio::awaitable<void> run();

  [[nodiscard]] std::size_t connections() const { return sessions_.size() + refusals_.size(); }

 private:
  struct Listener;  // hides the socket headers

  boost::asio::awaitable<void> accept_from(Listener& listener);
  boost::asio::awaitable<void> wind_down();
  void admit(Listener& listener);

  boost::asio::any_io_executor executor_;
  std::shared_ptr<ServerState> state_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  runtime::TaskGroup accepting_;
  runtime::TaskGroup sessions_;
  runtime::TaskGroup refusals_;
};

}  // namespace sas::web
