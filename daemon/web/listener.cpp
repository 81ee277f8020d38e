// SPDX-License-Identifier: Apache-2.0
#include "web/listener.hpp"

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include <boost/asio/ip/v6_only.hpp>
#include <fmt/format.h>
#include <sys/socket.h>

#include "runtime/inherited_sockets.hpp"
#include "web/listen_address.hpp"

namespace sas::web {
namespace {

using boost::asio::ip::tcp;

std::string_view advice(const boost::system::error_code& failure) {
  namespace code = boost::system::errc;
  if (failure == code::address_in_use) {
    return ": another program, or another copy of this one, listens there; stop it or choose another port";
  }
  if (failure == code::permission_denied) {
    return ": ports below 1024 need the capability CAP_NET_BIND_SERVICE; choose another port or grant it";
  }
  if (failure == code::address_not_available)
    return ": no network interface of this machine has that address";
  return "";
}

Error cannot_listen(std::string_view address, const boost::system::error_code& failure) {
  std::string reason = failure.message();
  std::transform(reason.begin(), reason.begin() + 1, reason.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("cannot listen on '{}': {}{}", address, reason, advice(failure))};
}

boost::system::result<tcp::endpoint> resolve(const boost::asio::any_io_executor& executor,
                                             const ListenAddress& address) {
  if (address.host.empty()) return tcp::endpoint(tcp::v6(), address.port);
  boost::system::error_code failure;
  const auto numeric = boost::asio::ip::make_address(address.host, failure);
  if (!failure) return tcp::endpoint(numeric, address.port);
  // Once, at the start, before anything else could be held up.
  const auto found = tcp::resolver(executor).resolve(address.host, std::to_string(address.port), failure);
  if (failure) return failure;
  const auto v4 = std::find_if(found.begin(), found.end(),
                               [](const auto& entry) { return entry.endpoint().address().is_v4(); });
  return v4 != found.end() ? v4->endpoint() : found.begin()->endpoint();
}

boost::system::error_code listen_at(tcp::acceptor& acceptor, const tcp::endpoint& endpoint) {
  boost::system::error_code failure;
  acceptor.open(endpoint.protocol(), failure);
  if (failure) return failure;
  // A restart finds its old connections still winding down. It does not let two programs share the port.
  acceptor.set_option(tcp::acceptor::reuse_address(true), failure);
  if (!failure && endpoint.protocol() == tcp::v6()) {
    acceptor.set_option(boost::asio::ip::v6_only(!endpoint.address().is_unspecified()), failure);
  }
  if (!failure) acceptor.bind(endpoint, failure);
  if (!failure) acceptor.listen(tcp::acceptor::max_listen_connections, failure);
  if (failure) {
    boost::system::error_code ignored;
    acceptor.close(ignored);
  }
  return failure;
}

}  // namespace

Result<tcp::acceptor> open_listener(const boost::asio::any_io_executor& executor,
                                    std::string_view listen_address) {
  const Result<ListenAddress> address = parse_listen_address(listen_address);
  if (!address) return address.error();
  const auto endpoint = resolve(executor, *address);
  if (!endpoint) return cannot_listen(listen_address, endpoint.error());
  tcp::acceptor acceptor(executor);
  boost::system::error_code failure = listen_at(acceptor, *endpoint);
  if (failure == boost::system::errc::address_family_not_supported && address->host.empty()) {
    failure = listen_at(acceptor, tcp::endpoint(tcp::v4(), address->port));  // a machine without IPv6
  }
  if (failure) return cannot_listen(listen_address, failure);
  return acceptor;
}

Result<std::vector<tcp::acceptor>> inherited_listeners(const boost::asio::any_io_executor& executor) {
  const auto sockets = runtime::take_inherited_sockets();
  if (!sockets) return sockets.error();
  std::vector<tcp::acceptor> acceptors;
  for (const runtime::InheritedSocket& socket : *sockets)
    acceptors.emplace_back(executor, socket.family == AF_INET6 ? tcp::v6() : tcp::v4(), socket.descriptor);
  return acceptors;
}

std::string bound_address(const tcp::acceptor& acceptor) {
  std::ostringstream text;
  text << acceptor.local_endpoint();
  return text.str();
}

}  // namespace sas::web
