// SPDX-License-Identifier: Apache-2.0
#pragma once
// TLS over a connected socket, as a client that always checks with whom it speaks.

#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <openssl/types.h>

#include "base/result.hpp"
#include "http/transport.hpp"

namespace sas::http {

/// Shakes hands with `host` (a name or an address, not a pattern), which the certificate must be made out to.
/// Errors give the reason only, in OpenSSL's words; what is wrong with a certificate is final, the rest may
/// be tried again.
asio::awaitable<Result<std::unique_ptr<Transport>>> handshake(std::shared_ptr<asio::ip::tcp::socket> socket,
                                                              asio::ssl::context& trust, std::string host);

/// Makes a handshake that is to come ask for `host`, and check the certificate against it. False only where
/// OpenSSL has no memory, or the name is none.
bool expect_host(SSL* tls, const std::string& host);

}  // namespace sas::http
