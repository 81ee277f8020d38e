// SPDX-License-Identifier: Apache-2.0
#pragma once
// An HTTP server for tests that answers to the byte as the test says, on a real socket, plain or TLS, faults
// included.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "runtime/task_group.hpp"
#include "support/certificates.hpp"

namespace sas::support {

enum class Then {
  next_request,  // goes on
  close,         // ends the stream properly
  drop,          // closes the socket without TLS's farewell
  reset,         // RST
  hang,          // sends no more, and does not close
};

struct ScriptedAnswer {
  std::string bytes;  // as they go over the wire
  Then then = Then::next_request;
  bool byte_by_byte = false;
};

/// A complete answer of 200 with a Content-Length.
ScriptedAnswer answer(const std::string& body, const std::string& more_headers = {});

class HttpServer {
 public:
  explicit HttpServer(boost::asio::io_context& context);
  HttpServer(boost::asio::io_context& context, const Certificate& certificate, int newest_tls = 0);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// `http://127.0.0.1:PORT`, or https.
  [[nodiscard]] std::string url(const std::string& host = "127.0.0.1") const;

  /// The answers of the next connection that is made, one a request; a request after the last one is read,
  /// and the connection dropped without an answer. A connection without a script answers each request with
  /// 200 and `ok`.
  void script_connection(std::deque<ScriptedAnswer> answers) { scripts_.push_back(std::move(answers)); }

  /// Closes all connections, but goes on listening.
  void close_connections();

  /// Sends bytes that nobody asked for over all plain connections.
  void push(const std::string& bytes);

  [[nodiscard]] std::size_t accepted() const { return accepted_; }
  [[nodiscard]] std::size_t open() const { return connections_.size(); }
  [[nodiscard]] const std::vector<std::string>& requests() const { return requests_; }  // head and body
  [[nodiscard]] const std::vector<std::string>& server_names() const {
    return server_names_;
  }  // SNI of each handshake

 private:
  using Script = std::optional<std::deque<ScriptedAnswer>>;

  boost::asio::awaitable<void> accept();
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket, Script script);
  template <class Stream>
  boost::asio::awaitable<Then> converse(Stream& stream, Script script);

  boost::asio::io_context& context_;
  std::optional<boost::asio::ssl::context> tls_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_;
  std::deque<std::deque<ScriptedAnswer>> scripts_;
  std::vector<boost::asio::ip::tcp::socket*> connections_;
  std::vector<std::string> requests_;
  std::vector<std::string> server_names_;
  std::size_t accepted_ = 0;
  runtime::TaskGroup tasks_;
};

}  // namespace sas::support
