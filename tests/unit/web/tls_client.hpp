// SPDX-License-Identifier: Apache-2.0
#pragma once
// A client of TLS that never waits: each step does what can be done with the bytes that are there.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/certificates.hpp"

namespace sas::web {

struct TlsClientSettings {
  const support::Certificate* certificate = nullptr;
  int min_version = 0;  // 0: the library's
  int max_version = 0;
  const char* ciphers = nullptr;
  const char* groups = nullptr;
  SSL_SESSION* session = nullptr;  // to take up again
};

class TlsClient {
 public:
  enum class State { busy, open, ended };

  explicit TlsClient(std::uint16_t port, const TlsClientSettings& settings = {})
      : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free),
        socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    configure(settings);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::fcntl(socket_, F_SETFL, O_NONBLOCK);
    tls_.reset(SSL_new(context_.get()), &SSL_free);
    SSL_set_fd(tls_.get(), socket_);
    SSL_set_connect_state(tls_.get());
    if (settings.session != nullptr) SSL_set_session(tls_.get(), settings.session);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;
  ~TlsClient() {
    tls_.reset();
    ::close(socket_);
  }

  /// Goes on with the handshake, then with sending, and takes in what has arrived.
  State step() {
    ERR_clear_error();
    if (state_ == State::busy) {
      const int done = SSL_do_handshake(tls_.get());
      if (done == 1) state_ = State::open;
      note(done);
    }
    if (state_ == State::open && !unsent_.empty()) {
      const int count = SSL_write(tls_.get(), unsent_.data(), static_cast<int>(unsent_.size()));
      if (count > 0) unsent_.erase(0, static_cast<std::size_t>(count));
      note(count);
    }
    std::array<char, 16384> bytes;
    while (state_ == State::open) {
      const int count = SSL_read(tls_.get(), bytes.data(), bytes.size());
      if (count > 0) received.append(bytes.data(), static_cast<std::size_t>(count));
      note(count);
      if (count <= 0) break;
    }
    return state_;
  }

  void send(std::string_view bytes) { unsent_ += bytes; }

  /// The server has said that nothing more comes, rather than just gone.
  [[nodiscard]] bool closed() const { return (SSL_get_shutdown(tls_.get()) & SSL_RECEIVED_SHUTDOWN) != 0; }
  [[nodiscard]] bool ended() const { return state_ == State::ended; }
  [[nodiscard]] SSL* native() const { return tls_.get(); }
  [[nodiscard]] std::string reason() const { return reason_; }

  /// Of the certificate that the server showed.
  [[nodiscard]] std::string server_serial() const {
    const std::shared_ptr<X509> shown(SSL_get1_peer_certificate(tls_.get()), &X509_free);
    if (!shown) return {};
    const std::shared_ptr<BIGNUM> number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(shown.get()), nullptr),
                                         &BN_free);
    const std::shared_ptr<char> text(BN_bn2hex(number.get()), [](char* hex) { OPENSSL_free(hex); });
    return text.get();
  }

  std::string received;

 private:
  void configure(const TlsClientSettings& settings) {
    SSL_CTX* const context = context_.get();
    if (settings.min_version != 0) SSL_CTX_set_min_proto_version(context, settings.min_version);
    if (settings.max_version != 0) SSL_CTX_set_max_proto_version(context, settings.max_version);
    if (settings.ciphers != nullptr) {
      EXPECT_EQ(SSL_CTX_set_cipher_list(context, settings.ciphers), 1);
    }
    if (settings.groups != nullptr) {
      EXPECT_EQ(SSL_CTX_set1_groups_list(context, settings.groups), 1);
    }
    if (settings.certificate == nullptr) return;
    const std::shared_ptr<BIO> cert(BIO_new_mem_buf(settings.certificate->pem.data(), -1), &BIO_free);
    const std::shared_ptr<BIO> key(BIO_new_mem_buf(settings.certificate->key_pem.data(), -1), &BIO_free);
    const std::shared_ptr<X509> own(PEM_read_bio_X509(cert.get(), nullptr, nullptr, nullptr), &X509_free);
    const std::shared_ptr<EVP_PKEY> own_key(PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr),
                                            &EVP_PKEY_free);
    EXPECT_EQ(SSL_CTX_use_certificate(context, own.get()), 1);
    EXPECT_EQ(SSL_CTX_use_PrivateKey(context, own_key.get()), 1);
  }

  void note(int outcome) {
    if (outcome > 0) return;
    const int error = SSL_get_error(tls_.get(), outcome);
    if (error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE) return;
    const char* why = ERR_reason_error_string(ERR_peek_last_error());
    reason_ = why == nullptr ? "" : why;
    state_ = State::ended;
  }

  std::shared_ptr<SSL_CTX> context_;
  std::shared_ptr<SSL> tls_;
  int socket_;
  State state_ = State::busy;
  std::string unsent_;
  std::string reason_;
};

}  // namespace sas::web
