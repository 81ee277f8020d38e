// SPDX-License-Identifier: Apache-2.0
#pragma once
// TCP connections by host name.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/result.hpp"
#include "base/time.hpp"
#include "http/transport.hpp"

namespace sas::http {

/// The addresses of a name, in the resolver's order; an address is taken as it is. Errors give the reason
/// only, as they do below.
asio::awaitable<Result<std::vector<asio::ip::tcp::endpoint>>> resolve(std::string host, std::uint16_t port,
                                                                      Instant deadline);

/// Tries the endpoints in their order, each with its even share of the time that is left, so that one which
/// does not answer does not use up the others'.
asio::awaitable<Result<std::shared_ptr<asio::ip::tcp::socket>>> connect_to_any(
    std::vector<asio::ip::tcp::endpoint> endpoints, Instant deadline);

/// Both, one after the other.
asio::awaitable<Result<std::shared_ptr<asio::ip::tcp::socket>>> connect_tcp(std::string host,
                                                                            std::uint16_t port,
                                                                            Instant deadline);

/// Shared, because a tunnel is asked for in plain on a socket that TLS then takes over.
std::unique_ptr<Transport> make_plain_transport(std::shared_ptr<asio::ip::tcp::socket> socket);

/// Nothing waits to be read from `socket`, and it is open both ways.
bool is_quiet(asio::ip::tcp::socket& socket);

/// Throws what a cancelled coroutine throws where `failure` says that the operation was cancelled.
void throw_if_cancelled(const boost::system::error_code& failure);

}  // namespace sas::http
