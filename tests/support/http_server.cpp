// SPDX-License-Identifier: Apache-2.0
#include "support/http_server.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

namespace sas::support {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

asio::ssl::context server_context(const Certificate& certificate, int newest_tls) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  if (newest_tls != 0) {
    ::SSL_CTX_set_max_proto_version(context.native_handle(), newest_tls);
    ::SSL_CTX_set_security_level(context.native_handle(), 0);
  }
  context.use_certificate_chain(asio::buffer(certificate.pem));
  context.use_private_key(asio::buffer(certificate.key_pem), asio::ssl::context::pem);
  return context;
}

// Lingering for no time makes the close a RST.
void reset(tcp::socket& socket) {
  socket.set_option(asio::socket_base::linger(true, 0));
  socket.close();
}

// Of the head, which ends with an empty line.
std::size_t content_length(std::string head) {
  std::ranges::transform(head, head.begin(),
                         [](char letter) { return static_cast<char>(std::tolower(letter)); });
  const std::size_t at = head.find("\r\ncontent-length:");
  return at == std::string::npos ? 0 : std::stoul(head.substr(at + 17));
}

template <class Stream>
asio::awaitable<std::string> read_request(Stream& stream, std::string& received, error_code& failure) {
  const std::size_t head = co_await asio::async_read_until(
      stream, asio::dynamic_buffer(received), "\r\n\r\n", asio::redirect_error(asio::use_awaitable, failure));
  if (failure) co_return std::string{};
  const std::size_t whole = head + content_length(received.substr(0, head));
  if (received.size() < whole)
    co_await asio::async_read(stream, asio::dynamic_buffer(received),
                              asio::transfer_exactly(whole - received.size()),
                              asio::redirect_error(asio::use_awaitable, failure));
  if (failure) co_return std::string{};
  std::string request = received.substr(0, whole);
  received.erase(0, whole);
  co_return request;
}

template <class Stream>
asio::awaitable<void> send(Stream& stream, const ScriptedAnswer& answer, error_code& failure) {
  const std::size_t step = answer.byte_by_byte ? 1 : std::max<std::size_t>(answer.bytes.size(), 1);
  for (std::size_t sent = 0; sent < answer.bytes.size() && !failure; sent += step)
    co_await asio::async_write(stream, asio::buffer(answer.bytes.data() + sent, step),
                               asio::redirect_error(asio::use_awaitable, failure));
}

}  // namespace

ScriptedAnswer answer(const std::string& body, const std::string& more_headers) {
  return {.bytes = fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{}\r\n{}", body.size(), more_headers,
                               body)};
}

HttpServer::HttpServer(asio::io_context& context)
    : context_(context),
      acceptor_(context, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      port_(acceptor_.local_endpoint().port()),
      tasks_(context.get_executor(), {}) {
  tasks_.spawn("accept", accept());
}

HttpServer::HttpServer(asio::io_context& context, const Certificate& certificate, int newest_tls)
    : HttpServer(context) {
  tls_.emplace(server_context(certificate, newest_tls));
}

HttpServer::~HttpServer() {
  context_.restart();
  asio::post(context_, [this] { tasks_.request_stop(); });  // after those have started that wait for it
  while (tasks_.size() > 0 && context_.run_one() > 0) {
  }
}

std::string HttpServer::url(const std::string& host) const {
  return fmt::format("{}://{}:{}", tls_ ? "https" : "http", host, port_);
}

void HttpServer::close_connections() {
  for (tcp::socket* socket : connections_) {
    error_code ignored;
    socket->close(ignored);
  }
}

void HttpServer::push(const std::string& bytes) {
  for (tcp::socket* socket : connections_)
    asio::write(*socket, asio::buffer(bytes));
}

asio::awaitable<void> HttpServer::accept() {
  while (true) {
    tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
    ++accepted_;
    Script script;
    if (!scripts_.empty()) {
      script = std::move(scripts_.front());
      scripts_.pop_front();
    }
    tasks_.spawn("connection", serve(std::move(socket), std::move(script)));
  }
}

asio::awaitable<void> HttpServer::serve(tcp::socket socket, Script script) {
  if (!tls_) {
    connections_.push_back(&socket);
    const Then then = co_await converse(socket, std::move(script));
    std::erase(connections_, &socket);
    if (then == Then::reset) reset(socket);
    co_return;
  }
  asio::ssl::stream<tcp::socket> stream(std::move(socket), *tls_);
  connections_.push_back(&stream.next_layer());
  error_code failure;
  co_await stream.async_handshake(asio::ssl::stream_base::server,
                                  asio::redirect_error(asio::use_awaitable, failure));
  Then then = Then::drop;
  if (!failure) {
    const char* name = ::SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name);
    server_names_.emplace_back(name == nullptr ? "" : name);
    then = co_await converse(stream, std::move(script));
  }
  std::erase(connections_, &stream.next_layer());
  if (then == Then::reset) reset(stream.next_layer());
  if (then == Then::close) co_await stream.async_shutdown(asio::redirect_error(asio::use_awaitable, failure));
}

template <class Stream>
asio::awaitable<Then> HttpServer::converse(Stream& stream, Script script) {
  std::string received;
  error_code failure;
  while (true) {
    std::string request = co_await read_request(stream, received, failure);
    if (failure) co_return Then::drop;
    requests_.push_back(std::move(request));
    if (script && script->empty()) co_return Then::drop;
    ScriptedAnswer next = script ? std::move(script->front()) : answer("ok");
    if (script) script->pop_front();
    co_await send(stream, next, failure);
    if (next.then == Then::hang)
      co_await read_request(stream, received, failure);  // until the other side closes
    if (failure || next.then != Then::next_request) co_return next.then;
  }
}

}  // namespace sas::support
