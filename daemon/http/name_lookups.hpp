// SPDX-License-Identifier: Apache-2.0
#pragma once
// Addresses of names. Asio's own resolver has one thread for all: a name whose servers do not answer would
// hold up every other name for as long as the system's resolver keeps trying. Here each name has its own.

#include <cstdint>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/result.hpp"
#include "runtime/blocking_calls.hpp"

namespace sas::http {

namespace asio = boost::asio;

/// One a loop, found with asio::use_service: it goes with the loop, and waits for its threads then.
class NameLookups final : public asio::execution_context::service {
 public:
  using Endpoints = std::vector<asio::ip::tcp::endpoint>;

  static asio::execution_context::id id;
  explicit NameLookups(asio::execution_context& loop);

  /// In the resolver's order. Errors give the reason only.
  asio::awaitable<Result<Endpoints>> look_up(std::string host, std::uint16_t port);

 private:
  void shutdown() override { calls_.shut_down(); }

  runtime::BlockingCalls<Endpoints> calls_;
};

}  // namespace sas::http
