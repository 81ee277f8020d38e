// SPDX-License-Identifier: Apache-2.0
#pragma once
// The file of --web.config.file as plain values: TLS, headers, users and a rate limit, in the format that all
// exporters share (https://github.com/prometheus/exporter-toolkit/blob/master/docs/web-configuration.md).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/secret.hpp"
#include "settings/mistake.hpp"

namespace sas::settings {

/// Of a client's certificate, as Go's ClientAuthType has it: whether one is asked for, has to be there, and
/// has to lead to the authority.
enum class ClientAuth : std::uint8_t {
  no_client_cert,
  request_client_cert,
  require_any_client_cert,
  verify_client_cert_if_given,
  require_and_verify_client_cert,
};

enum class TlsVersion : std::uint8_t { tls12, tls13 };

struct TlsServer {
  std::string cert = {};  // PEM; either it or its file
  std::string cert_file = {};
  Secret key = {};
  std::string key_file = {};
  std::string client_ca = {};
  std::string client_ca_file = {};
  ClientAuth client_auth = ClientAuth::no_client_cert;
  std::vector<std::string> client_allowed_sans = {};
  TlsVersion min_version = TlsVersion::tls12;
  TlsVersion max_version = TlsVersion::tls13;
  std::vector<std::string> ciphers = {};  // of TLS 1.2, as OpenSSL calls them; empty: the library's choice
  bool prefer_server_ciphers = true;
  std::vector<std::string> groups = {};  // curves, as OpenSSL calls them; empty: the library's choice

  friend bool operator==(const TlsServer&, const TlsServer&) = default;
};

struct Header {
  std::string name;
  std::string value;

  friend bool operator==(const Header&, const Header&) = default;
};

struct User {
  std::string name;
  Secret hash;  // bcrypt's

  friend bool operator==(const User&, const User&) = default;
};

struct RateLimit {
  std::chrono::nanoseconds interval{};  // one more request is allowed each
  std::int64_t burst = 0;

  friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

struct WebConfig {
  std::optional<TlsServer> tls = {};  // none: plain HTTP
  std::vector<Header> headers = {};   // of every answer
  std::vector<User> users = {};       // empty: nobody has to say who they are
  std::optional<RateLimit> rate_limit = {};

  friend bool operator==(const WebConfig&, const WebConfig&) = default;
};

/// All mistakes, in the order of their lines, or the values. Reads no file that is named in it.
std::variant<WebConfig, std::vector<Mistake>> parse_web_config(std::string_view yaml);

}  // namespace sas::settings
