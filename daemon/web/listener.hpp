// SPDX-License-Identifier: Apache-2.0
#pragma once
// A listening socket from the address that a person wrote.

#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/result.hpp"

namespace sas::web {

/// Binds and listens. A name is looked up; of its addresses the first IPv4 one is taken, else the first. An
/// empty host is all addresses, IPv6 and IPv4. The error says what to do about it.
Result<boost::asio::ip::tcp::acceptor> open_listener(const boost::asio::any_io_executor& executor,
                                                     std::string_view listen_address);

/// The sockets that systemd has handed over, once: there are none the next time.
Result<std::vector<boost::asio::ip::tcp::acceptor>> inherited_listeners(
    const boost::asio::any_io_executor& executor);

/// `127.0.0.1:10973` or `[::1]:10973`.
std::string bound_address(const boost::asio::ip::tcp::acceptor& acceptor);

}  // namespace sas::web
