// SPDX-License-Identifier: Apache-2.0
#include "web/tls_stream.hpp"

#include <array>
#include <new>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "web/client_certificate.hpp"

namespace sas::web {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

/// What OpenSSL calls the first bytes of a request, or of one to a proxy.
bool is_plain_http(const error_code& failure) {
  if (failure.category() != asio::error::get_ssl_category()) return false;
  const int reason = ERR_GET_REASON(static_cast<unsigned long>(failure.value()));
  return reason == SSL_R_HTTP_REQUEST || reason == SSL_R_HTTPS_PROXY_REQUEST;
}

Error broken(const error_code& failure) {
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::transport, .message = failure.message()};
}

Error no_handshake(const error_code& failure, SSL* tls) {
  const long verdict = ::SSL_get_verify_result(tls);
  std::string why = failure.message();
  if (verdict != X509_V_OK) {
    why = "the client's certificate is not accepted: " + verdict_text(verdict);
  } else if (failure == asio::error::eof || failure == asio::ssl::error::stream_truncated) {
    why = "the client closed the connection";
  }
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::tls, .message = std::move(why)};
}

SSL* made_by(const TlsContext& context) {
  SSL* const tls = ::SSL_new(context.native());
  if (tls == nullptr) throw std::bad_alloc();  // all else that it needs was there when the context was made
  return tls;
}

}  // namespace

struct TlsStream::Stream {
  Stream(tcp::socket& socket, SSL* tls) : over(socket, tls) {}

  asio::ssl::stream<tcp::socket&> over;
};

TlsStream::TlsStream(tcp::socket& socket, std::shared_ptr<TlsContext> context)
    : context_(std::move(context)), stream_(std::make_unique<Stream>(socket, made_by(*context_))) {}

TlsStream::~TlsStream() = default;

asio::awaitable<Result<Handshake>> TlsStream::shake_hands() {
  error_code failure;
  co_await stream_->over.async_handshake(asio::ssl::stream_base::server,
                                         asio::redirect_error(asio::use_awaitable, failure));
  if (!failure) co_return Handshake::done;
  if (is_plain_http(failure)) co_return Handshake::plain_http;
  co_return no_handshake(failure, stream_->over.native_handle());
}

asio::awaitable<Result<std::size_t>> TlsStream::read_some(std::span<char> into) {
  error_code failure;
  const asio::mutable_buffer buffer(into.data(), into.size());
  const std::size_t count =
      co_await stream_->over.async_read_some(buffer, asio::redirect_error(asio::use_awaitable, failure));
  if (failure) co_return broken(failure);
  co_return count;
}

asio::awaitable<Result<std::size_t>> TlsStream::write(std::string_view first, std::string_view second) {
  error_code failure;
  const std::array<asio::const_buffer, 2> buffers{asio::const_buffer(first.data(), first.size()),
                                                  asio::const_buffer(second.data(), second.size())};
  const std::size_t count =
      co_await asio::async_write(stream_->over, buffers, asio::redirect_error(asio::use_awaitable, failure));
  if (failure) co_return broken(failure);
  co_return count;
}

asio::awaitable<void> TlsStream::close() {
  error_code ignored;  // it is gone, or says something else; in either case the socket is closed next
  co_await stream_->over.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
}

}  // namespace sas::web
