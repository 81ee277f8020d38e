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
#include "web/web_config.hpp"

namespace sas::web {

struct ServerState;

class Server {
 public:
  struct Listener;  // hides the socket headers
  using Listeners = std::vector<std::shared_ptr<Listener>>;

  /// `log`, and what the site's functions refer to, must outlive the loop.
  Server(boost::asio::any_io_executor executor, ServerSettings settings, Site site, runtime::Log& log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Binds every address, or none; or takes the sockets that systemd has handed over, where the settings say
  /// so. Returns them as bound, so with the ports that the kernel chose for 0. Connections that come before
  /// run() wait.
  Result<std::vector<std::string>> listen();

  /// For a change of addresses: opens those that are new and takes along those that stay, by their text.
  /// Changes nothing that is live. Sockets of systemd stay whatever the addresses are. An address that
  /// overlaps one that is in use, such as `:10973` beside `127.0.0.1:10973`, cannot be opened before that is
  /// closed: an error.
  Result<Listeners> prepare(const std::vector<std::string>& addresses);

  /// Cannot fail. Listeners that are not among these are closed; connections that came over them go on.
  void use(Listeners listeners);

  /// TLS, users, headers and rate limit from now on. Cannot fail. Connections that are there go on, and part
  /// after their next answer where TLS is set up in another way than they know.
  void use(std::shared_ptr<WebConfig> config);

  /// Where the pages are from now on.
  void use(Paths paths);

  /// As bound.
  [[nodiscard]] std::vector<std::string> addresses() const;

  /// Serves until it is cancelled. Then it accepts nothing more, lets the requests under way finish within
  /// drain_timeout, cancels the rest, and returns when all are gone. Once; the server must live until then.
  boost::asio::awaitable<void> run();

  [[nodiscard]] std::size_t connections() const { return sessions_.size() + refusals_.size(); }

 private:
  boost::asio::awaitable<void> accept_from(std::shared_ptr<Listener> listener);
  void start(const std::shared_ptr<Listener>& listener);
  boost::asio::awaitable<void> wind_down();
  void admit(Listener& listener);

  boost::asio::any_io_executor executor_;
  std::shared_ptr<ServerState> state_;
  Listeners listeners_;
  bool running_ = false;
  runtime::TaskGroup accepting_;
  runtime::TaskGroup sessions_;
  runtime::TaskGroup refusals_;
};

}  // namespace sas::web
