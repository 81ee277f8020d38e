// SPDX-License-Identifier: Apache-2.0
#include "http/url.hpp"

#include <algorithm>
#include <charconv>

#include <boost/url/host_type.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <fmt/format.h>

namespace sas::http {
namespace {

namespace urls = boost::urls;

constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

Error not_usable(std::string_view reason) {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = fmt::format("URL not usable: {}; it should look like https://host:port/path", reason)};
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : fmt::format("[{}]", host);
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  const auto parsed = urls::parse_uri(urls::string_view(text.data(), text.size()));
  if (!parsed) return not_usable("not a URL");
  const urls::url_view& view = *parsed;
  const bool tls = view.scheme_id() == urls::scheme::https;
  if (!tls && view.scheme_id() != urls::scheme::http) return not_usable("neither http nor https");
  if (view.host_type() == urls::host_type::none || view.encoded_host().empty()) return not_usable("no host");
  if (view.host_type() == urls::host_type::ipvfuture) return not_usable("unknown kind of address");
  if (view.has_userinfo()) return not_usable("user and password do not belong there");
  if (view.has_fragment()) return not_usable("a #fragment is never sent");
  const std::optional<std::uint16_t> port =
      parse_port(std::string_view(view.port().data(), view.port().size()));
  if (view.has_port() && !port) return not_usable("the port is none of 1 to 65535");

  Url url{.tls = tls,
          .host = lower(view.host_address()),
          .port = port.value_or(tls ? kHttpsPort : kHttpPort),
          .target = std::string(view.encoded_target())};
  if (!url.target.starts_with('/')) url.target.insert(0, 1, '/');
  return url;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (failure != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

std::string endpoint(const Url& url) {
  return fmt::format("{}:{}", bracketed(url.host), url.port);
}

std::string host_header(const Url& url) {
  return url.port == (url.tls ? kHttpsPort : kHttpPort) ? bracketed(url.host) : endpoint(url);
}

}  // namespace sas::http
