// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whom we believe: the system's certificate authorities and, where a request names one, another beside them.

#include <map>
#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "base/result.hpp"

namespace sas::http {

/// The TLS context (1.2 and later, peers always verified) that also trusts the PEM file `ca_file`, where it
/// is not empty. The system's authorities are OpenSSL's: SSL_CERT_FILE and SSL_CERT_DIR move them. Blocks,
/// for some 50 ms where all is well.
Result<std::shared_ptr<boost::asio::ssl::context>> load_trust_store(const std::string& ca_file);

/// Each is loaded when it is first asked for, then kept; a file that cannot be read is tried again next time.
class TrustStores {
 public:
  /// Blocks where it has to load.
  Result<boost::asio::ssl::context*> trusting(const std::string& ca_file);

  /// Null where it is not loaded yet.
  [[nodiscard]] boost::asio::ssl::context* find(const std::string& ca_file) const;
  boost::asio::ssl::context* keep(const std::string& ca_file,
                                  std::shared_ptr<boost::asio::ssl::context> context);

  [[nodiscard]] std::size_t size() const { return contexts_.size(); }

 private:
  std::map<std::string, std::shared_ptr<boost::asio::ssl::context>> contexts_;  // by ca_file
};

}  // namespace sas::http
