// SPDX-License-Identifier: Apache-2.0
#include "http/tls.hpp"

#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "http/tcp.hpp"

namespace sas::http {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

Error not_trusted(std::string message) {
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::tls, .message = std::move(message)};
}

class TlsTransport final : public Transport {
 public:
  TlsTransport(tcp::socket socket, asio::ssl::context& trust) : stream_(std::move(socket), trust) {}

  bool expect(const std::string& host) { return expect_host(stream_.native_handle(), host); }

  asio::awaitable<Result<bool>> shake_hands() {
    error_code failure;
    co_await stream_.async_handshake(asio::ssl::stream_base::client,
                                     asio::redirect_error(asio::use_awaitable, failure));
    throw_if_cancelled(failure);
    if (failure) co_return refused(failure);
    co_return true;
  }

  asio::awaitable<boost::system::result<std::size_t>> receive(std::span<char> space) override {
    error_code failure;
    const std::size_t count = co_await stream_.async_read_some(
        asio::buffer(space.data(), space.size()), asio::redirect_error(asio::use_awaitable, failure));
    throw_if_cancelled(failure);
    if (failure) co_return failure;
    co_return count;
  }

  asio::awaitable<error_code> send(std::string_view bytes) override {
    error_code failure;
    co_await asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()),
                               asio::redirect_error(asio::use_awaitable, failure));
    throw_if_cancelled(failure);
    co_return failure;
  }

  bool quiet() override { return is_quiet(stream_.next_layer()); }

 private:
  Error refused(const error_code& failure) {
    const long verdict = ::SSL_get_verify_result(stream_.native_handle());
    if (verdict != X509_V_OK)
      return not_trusted(
          fmt::format("the certificate is not accepted: {}", ::X509_verify_cert_error_string(verdict)));
    const bool closed = failure == asio::error::eof || failure == asio::ssl::error::stream_truncated;
    return {.kind = ErrorKind::retry,
            .cause = ErrorCause::tls,
            .message = closed ? "the other side closed the connection" : failure.message()};
  }

  asio::ssl::stream<tcp::socket> stream_;
};

}  // namespace

bool expect_host(SSL* tls, const std::string& host) {
  X509_VERIFY_PARAM* const checks = ::SSL_get0_param(tls);
  ::X509_VERIFY_PARAM_set_hostflags(checks, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  error_code is_name;
  asio::ip::make_address(host, is_name);
  if (!is_name) return ::X509_VERIFY_PARAM_set1_ip_asc(checks, host.c_str()) == 1;
  return ::SSL_set1_host(tls, host.c_str()) == 1 && SSL_set_tlsext_host_name(tls, host.c_str()) == 1;
}

asio::awaitable<Result<std::unique_ptr<Transport>>> handshake(std::shared_ptr<tcp::socket> socket,
                                                              asio::ssl::context& trust, std::string host) {
  auto transport = std::make_unique<TlsTransport>(std::move(*socket), trust);
  if (!transport->expect(host)) co_return not_trusted("the host name cannot stand in a certificate");
  const Result<bool> shaken = co_await transport->shake_hands();
  if (!shaken) co_return shaken.error();
  co_return std::unique_ptr<Transport>(std::move(transport));
}

}  // namespace sas::http
