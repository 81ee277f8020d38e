// SPDX-License-Identifier: Apache-2.0
#include "web/tls_context.hpp"

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include "web/client_certificate.hpp"

namespace sas::web {
namespace {

// Forward secrecy and authenticated encryption, which every client of the last ten years has.
constexpr const char* kDefaultCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

using Bio = std::unique_ptr<BIO, decltype(&::BIO_free)>;
using Certificate = std::unique_ptr<X509, decltype(&::X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&::EVP_PKEY_free)>;

Error unusable(std::string message) {
  return {.kind = ErrorKind::give_up, .cause = ErrorCause::configuration, .message = std::move(message)};
}

/// With OpenSSL's own reason, and its queue of errors emptied.
Error refused(std::string_view what) {
  const unsigned long code = ::ERR_peek_last_error();
  const char* reason = ::ERR_reason_error_string(code);
  ::ERR_clear_error();
  return unusable(fmt::format("{}: {}", what, reason == nullptr ? "no reason is known" : reason));
}

Bio reading(const Secret& text) {
  return {::BIO_new_mem_buf(text.reveal().data(), static_cast<int>(text.reveal().size())), &::BIO_free};
}

Certificate next_certificate(BIO* pem) {
  return {::PEM_read_bio_X509(pem, nullptr, nullptr, nullptr), &::X509_free};
}

/// The end of the text, rather than something in it that is no certificate.
bool at_end() {
  const bool over = ::ERR_GET_REASON(::ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  if (over) ::ERR_clear_error();
  return over;
}

// OpenSSL would ask at the terminal.
int no_passphrase(char* /*into*/, int /*size*/, int /*writing*/, void* /*context*/) {
  return 0;
}

std::string joined(const std::vector<std::string>& names) {
  return fmt::format("{}", fmt::join(names, ":"));
}

int version_number(settings::TlsVersion version) {
  return version == settings::TlsVersion::tls12 ? TLS1_2_VERSION : TLS1_3_VERSION;
}

}  // namespace

TlsContext::TlsContext(const settings::TlsServer& tls)
    : tls_(tls), context_(::SSL_CTX_new(::TLS_server_method()), &::SSL_CTX_free) {}

Result<std::shared_ptr<TlsContext>> TlsContext::make(const settings::TlsServer& tls, const PemTexts& pem) {
  ::ERR_clear_error();
  const std::shared_ptr<TlsContext> made(new TlsContext(tls));
  if (made->context_ == nullptr) return refused("TLS cannot be set up");
  if (const Result<void> applied = made->apply_settings(); !applied) return applied.error();
  if (const Result<void> loaded = made->load(pem); !loaded) return loaded.error();
  return made;
}

Result<void> TlsContext::apply_settings() {
  SSL_CTX* const context = native();
  SSL_CTX_set_min_proto_version(context, version_number(tls_.min_version));
  SSL_CTX_set_max_proto_version(context, version_number(tls_.max_version));
  // No session is taken up again: that would pass over a client's certificate, and whoever scrapes keeps its
  // connection anyway.
  ::SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  ::SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                SSL_MODE_RELEASE_BUFFERS);
  if (tls_.prefer_server_ciphers) ::SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE);
  const std::string ciphers = tls_.ciphers.empty() ? std::string(kDefaultCiphers) : joined(tls_.ciphers);
  if (::SSL_CTX_set_cipher_list(context, ciphers.c_str()) != 1) return refused("cipher_suites");
  if (!tls_.groups.empty() && SSL_CTX_set1_groups_list(context, joined(tls_.groups).c_str()) != 1)
    return refused("curve_preferences");
  check_clients(context, tls_);
  return {};
}

Result<void> TlsContext::load(const PemTexts& pem) {
  if (const Result<void> loaded = load_certificate(pem.cert, pem.key); !loaded) return loaded.error();
  return load_authorities(pem.client_ca);
}

Result<void> TlsContext::load_certificate(const Secret& cert, const Secret& key) {
  SSL_CTX* const context = native();
  const Bio certs = reading(cert);
  const Certificate own = next_certificate(certs.get());
  if (!own || ::SSL_CTX_use_certificate(context, own.get()) != 1)
    return refused("the certificate is not usable as PEM");
  while (Certificate issuer = next_certificate(certs.get())) {
    if (SSL_CTX_add1_chain_cert(context, issuer.get()) != 1) return refused("the certificate's chain");
  }
  if (!at_end()) return refused("the certificate's chain is not usable as PEM");
  if (key.reveal().find("ENCRYPTED") != std::string_view::npos)
    return unusable(
        "the key is encrypted; write it without a passphrase, in a file that only the daemon can read");
  const Bio keys = reading(key);
  const Key own_key(::PEM_read_bio_PrivateKey(keys.get(), nullptr, &no_passphrase, nullptr),
                    &::EVP_PKEY_free);
  if (!own_key) return refused("the key is not usable as PEM");
  if (::SSL_CTX_use_PrivateKey(context, own_key.get()) != 1 || ::SSL_CTX_check_private_key(context) != 1)
    return refused("the key does not belong to the certificate");
  return {};
}

Result<void> TlsContext::load_authorities(const Secret& client_ca) {
  SSL_CTX* const context = native();
  if (client_ca.empty()) {
    if (is_verified(tls_.client_auth) && ::SSL_CTX_set_default_verify_paths(context) != 1)
      return refused("the system's authorities");
    return {};
  }
  const Bio authorities = reading(client_ca);
  int count = 0;
  while (Certificate authority = next_certificate(authorities.get())) {
    if (::X509_STORE_add_cert(::SSL_CTX_get_cert_store(context), authority.get()) != 1 ||
        ::SSL_CTX_add_client_CA(context, authority.get()) != 1)
      return refused("the clients' authority");
    ++count;
  }
  if (!at_end() || count == 0) return refused("the clients' authority is not usable as PEM");
  return {};
}

}  // namespace sas::web
