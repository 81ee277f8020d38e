// SPDX-License-Identifier: Apache-2.0
#pragma once
// A way through a proxy: CONNECT (RFC 9110, section 9.3.6).

#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "base/result.hpp"
#include "http/transport.hpp"

namespace sas::http {

/// Sends `text`, as connect_text() makes it, to the proxy at the other end of `socket`. True: what follows on
/// it comes from the other side of the tunnel. Errors give the reason only; a refusal is final but for 5xx.
asio::awaitable<Result<bool>> open_tunnel(std::shared_ptr<asio::ip::tcp::socket> socket, std::string text);

}  // namespace sas::http
