// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whom we believe: the system's certificate authorities and, where a request names one, another beside them.

#include <map>
#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "base/result.hpp"

namespace sas::http {

class TrustStores {
 public:
  /// The TLS context (1.2 and later, peers always verified) that also trusts the PEM file `ca_file`, where it
  /// is not empty. Made when it is first asked for, then kept; a file that cannot be read is tried again next
  /// time. The system's authorities are OpenSSL's: SSL_CERT_FILE and SSL_CERT_DIR move them.
  Result<boost::asio::ssl::context*> trusting(const std::string& ca_file);

  [[nodiscard]] std::size_t size() const { return contexts_.size(); }

 private:
  std::map<std::string, std::unique_ptr<boost::asio::ssl::context>> contexts_;  // by ca_file
};

}  // namespace sas::http
