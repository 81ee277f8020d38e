// SPDX-License-Identifier: Apache-2.0
#pragma once
// One HTTPS exchange for whoever needs one. Knows nothing of who is asked: signing, retries and budgets are
// the caller's.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "base/result.hpp"
#include "base/time.hpp"

namespace sas::http {

namespace asio = boost::asio;

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string method = "GET";
  /// Scheme, host, optional port; then path and query, percent-encoded: sent as they are.
  std::string url = {};
  /// Host is made from the URL unless given, Content-Length from the body.
  std::vector<Header> headers = {};
  std::string body = {};
  std::string ca_file = {};      // trusted besides the system's, for this request; empty: none
  Milliseconds timeout{10'000};  // for the whole exchange, connection and handshake included
};

struct Response {
  unsigned status = 0;
  std::vector<Header> headers = {};
  std::string body = {};  // gzip already undone

  /// The first header of that name, whatever its case; empty where there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

class Client {
 public:
  virtual ~Client() = default;

  /// An answer of any status is a Response; an Error (transport, timeout, tls) where there was none. Sends
  /// the request once: sent again it would be a call that no budget knows of, with a nonce that was used. A
  /// pooled connection that is known to be closed is not used. `request` must live until it is done.
  virtual asio::awaitable<Result<Response>> exchange(const Request& request) = 0;
};

struct ClientSettings {
  Milliseconds connect_timeout{5'000};
  Milliseconds tls_timeout{5'000};
  Milliseconds idle_timeout{5'000};       // the service is known to drop idle connections after about 10 s
  std::uint64_t max_body = 16ULL << 20U;  // bytes, before and after gzip
  std::string user_agent = {};
  std::string https_proxy = {};  // `http://[user:password@]host:port`; empty: none
  std::string no_proxy = {};     // as curl reads NO_PROXY: hosts, .suffixes, addresses, `*`
};

/// Keep-alive, one pool for all hosts. A trust store is loaded when the first TLS connection under it is
/// made, once; that, as looking up a name, holds up neither the loop nor other exchanges.
std::unique_ptr<Client> make_client(asio::any_io_executor executor, ClientSettings settings);

}  // namespace sas::http
