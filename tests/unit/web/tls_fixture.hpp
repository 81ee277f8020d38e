// SPDX-License-Identifier: Apache-2.0
#pragma once
// A server that speaks TLS by files in a folder of the test.

#include <fstream>
#include <string>

#include "support/certificates.hpp"
#include "support/temporary_folder.hpp"
#include "unit/web/server_fixture.hpp"
#include "unit/web/tls_client.hpp"
#include "web/web_config.hpp"

namespace sas::web {

class TlsServerTest : public ServerTest {
 protected:
  TlsServerTest() {
    install(authority_.issue("DNS:localhost"));
    folder_.write("ca.crt", authority_.pem());
  }

  /// Writes certificate and key as the server's.
  void install(const support::Certificate& certificate) const {
    folder_.write("a.crt", certificate.pem);
    folder_.write("a.key", certificate.key_pem);
  }

  /// As in the file, `tls_server_config` with certificate and key being there, and `more` below it.
  std::shared_ptr<WebConfig> config(const std::string& more = {}) const {
    folder_.write("web.yml", "tls_server_config:\n  cert_file: a.crt\n  key_file: a.key\n" + more);
    const auto loaded = load_web_config(folder_.path("web.yml"));
    EXPECT_TRUE(loaded.has_value()) << loaded.error().message;
    return *loaded;
  }

  void start_with(const std::string& more = {}) {
    start();
    server_->use(config(more));
  }

  /// What a client gets to its request: the status line, or why it got nothing.
  std::string outcome(const TlsClientSettings& settings = {}) {
    TlsClient client(port_, settings);
    return ask_over(client);
  }
  std::string ask_over(TlsClient& client) {
    client.received.clear();
    client.send("GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(until([&] {
      client.step();
      return client.ended() || client.received.ends_with("ready\n");
    }));
    if (client.received.empty()) return "refused: " + client.reason();
    return client.received.substr(0, client.received.find("\r\n"));
  }

  support::CertificateAuthority authority_;
  support::TemporaryFolder folder_;
};

inline constexpr const char* kOk = "HTTP/1.1 200 OK";

}  // namespace sas::web
