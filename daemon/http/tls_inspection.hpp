// SPDX-License-Identifier: Apache-2.0
#pragma once
// A handshake for the sake of looking at the other side: whose certificate it shows, and everything that is
// wrong with it. The client refuses at the first fault; whoever has to put it right wants to know them all.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "base/time.hpp"

namespace sas::http {

namespace asio = boost::asio;

enum class TlsFault : std::uint8_t {
  untrusted,   // no authority that we believe has signed it
  wrong_name,  // it is made out to others
  expired,     // by our clock, as below
  not_yet_valid,
  unacceptable,  // any other fault of a certificate
  no_tls,        // what came back is not TLS
  no_handshake,  // the other side refuses or ends the handshake, or keeps silent
};

/// What a certificate says, in printable ASCII.
struct Certificate {
  std::string subject;             // as RFC 2253 writes names: `CN=…,O=…`
  std::string issuer;              // the same
  std::vector<std::string> names;  // of hosts and addresses that it is for
  Time not_before;
  Time not_after;
};

struct TlsInspection {
  std::vector<TlsFault> faults;            // each once; empty: the client accepts the other side
  std::string reason;                      // OpenSSL's words for the first
  std::string version;                     // `TLSv1.3`; empty: there was no handshake
  std::optional<Certificate> certificate;  // none: none was seen
};

/// Shakes hands as handshake() does, but goes on where the certificate is not accepted. The connection is
/// closed afterwards; nothing but the handshake is ever sent.
asio::awaitable<TlsInspection> inspect_tls(std::shared_ptr<asio::ip::tcp::socket> socket,
                                           asio::ssl::context& trust, std::string host, Instant deadline);

}  // namespace sas::http
