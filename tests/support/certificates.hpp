// SPDX-License-Identifier: Apache-2.0
#pragma once
// X.509 certificates made on the spot, good ones and others, so that tests of TLS need no files that expire.

#include <memory>
#include <string>

#include <openssl/types.h>

namespace sas::support {

struct Certificate {
  std::string pem;
  std::string key_pem;
};

enum class Validity { now, expired };

class CertificateAuthority {
 public:
  CertificateAuthority();

  [[nodiscard]] const std::string& pem() const { return pem_; }

  /// `names` as OpenSSL writes them: `DNS:localhost,IP:127.0.0.1`.
  [[nodiscard]] Certificate issue(const std::string& names, Validity validity = Validity::now) const;

 private:
  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> certificate_;
  std::string pem_;
};

/// Signed by itself, not an authority.
Certificate self_signed(const std::string& names);

}  // namespace sas::support
