// SPDX-License-Identifier: Apache-2.0
#include "support/connect_proxy.hpp"

#include <array>
#include <memory>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace sas::support {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// Carries bytes one way until that side ends, then ends the other.
asio::awaitable<void> pump(std::shared_ptr<tcp::socket> from, std::shared_ptr<tcp::socket> to) {
  std::array<char, 16'384> bytes{};
  error_code failure;
  while (!failure) {
    const std::size_t count = co_await from->async_read_some(
        asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, failure));
    if (failure) break;
    co_await asio::async_write(*to, asio::buffer(bytes.data(), count),
                               asio::redirect_error(asio::use_awaitable, failure));
  }
  error_code ignored;
  to->shutdown(tcp::socket::shutdown_send, ignored);
}

// `CONNECT HOST:PORT HTTP/1.1`; hosts are addresses, or `localhost`.
tcp::endpoint destination(const std::string& request) {
  const std::size_t begin = request.find(' ') + 1;
  const std::string authority = request.substr(begin, request.find(' ', begin) - begin);
  const std::size_t colon = authority.rfind(':');
  const std::string host = authority.substr(0, colon);
  return {asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host),
          static_cast<std::uint16_t>(std::stoul(authority.substr(colon + 1)))};
}

}  // namespace

ConnectProxy::ConnectProxy(asio::io_context& context)
    : context_(context),
      acceptor_(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      port_(acceptor_.local_endpoint().port()),
      tasks_(context.get_executor(), {}) {
  tasks_.spawn("accept", accept());
}

ConnectProxy::~ConnectProxy() {
  context_.restart();
  asio::post(context_, [this] { tasks_.request_stop(); });  // after those have started that wait for it
  while (tasks_.size() > 0 && context_.run_one() > 0) {
  }
}

asio::awaitable<void> ConnectProxy::accept() {
  while (true) {
    tcp::socket client = co_await acceptor_.async_accept(asio::use_awaitable);
    tasks_.spawn("connection", serve(std::move(client)));
  }
}

asio::awaitable<void> ConnectProxy::serve(tcp::socket client) {
  std::string received;
  co_await asio::async_read_until(client, asio::dynamic_buffer(received), "\r\n\r\n", asio::use_awaitable);
  requests_.push_back(received);
  const std::string reply = status_line_ + "\r\n\r\n";
  if (status_line_.find(" 200 ") == std::string::npos) {
    co_await asio::async_write(client, asio::buffer(reply), asio::use_awaitable);
    co_return;
  }
  auto near = std::make_shared<tcp::socket>(std::move(client));
  auto far = std::make_shared<tcp::socket>(context_);
  co_await far->async_connect(destination(received), asio::use_awaitable);
  co_await asio::async_write(*near, asio::buffer(reply), asio::use_awaitable);
  tasks_.spawn("to the server", pump(near, far));
  tasks_.spawn("to the client", pump(far, near));
}

}  // namespace sas::support
