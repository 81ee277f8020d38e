// SPDX-License-Identifier: Apache-2.0
#pragma once
// A real CONNECT proxy for tests: opens tunnels, or refuses to, and remembers what it was asked.

#include <cstdint>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "runtime/task_group.hpp"

namespace sas::support {

class ConnectProxy {
 public:
  explicit ConnectProxy(boost::asio::io_context& context);
  ~ConnectProxy();
  ConnectProxy(const ConnectProxy&) = delete;
  ConnectProxy& operator=(const ConnectProxy&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// What it answers to CONNECT; with any other than 200 there is no tunnel.
  void answer_with(std::string status_line) { status_line_ = std::move(status_line); }
  [[nodiscard]] const std::vector<std::string>& requests() const { return requests_; }

 private:
  boost::asio::awaitable<void> accept();
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket client);

  boost::asio::io_context& context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_;
  std::string status_line_ = "HTTP/1.1 200 Connection established";
  std::vector<std::string> requests_;
  runtime::TaskGroup tasks_;
};

}  // namespace sas::support
