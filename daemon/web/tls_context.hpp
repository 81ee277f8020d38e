// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a handshake of the server goes by: OpenSSL's context, made from the settings and the texts of their
// files.

#include <memory>

#include <openssl/types.h>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "settings/web_config.hpp"

namespace sas::web {

/// PEM, from files or from the configuration itself.
struct PemTexts {
  Secret cert;  // the server's own, then those that lead to its authority
  Secret key;
  Secret client_ca;  // empty: the system's authorities, where certificates are verified at all
};

/// Must outlive the connections that it made.
class TlsContext {
 public:
  /// An error (configuration) says which text does not fit and why, and shows nothing of it.
  static Result<std::shared_ptr<TlsContext>> make(const settings::TlsServer& tls, const PemTexts& pem);

  [[nodiscard]] SSL_CTX* native() const { return context_.get(); }

 private:
  explicit TlsContext(const settings::TlsServer& tls);

  Result<void> load(const PemTexts& pem);
  Result<void> load_certificate(const Secret& cert, const Secret& key);
  Result<void> load_authorities(const Secret& client_ca);
  Result<void> apply_settings();

  settings::TlsServer tls_;  // the verification goes by it
  std::shared_ptr<SSL_CTX> context_;
};

}  // namespace sas::web
