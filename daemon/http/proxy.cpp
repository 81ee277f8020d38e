// SPDX-License-Identifier: Apache-2.0
#include "http/proxy.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <openssl/evp.h>

namespace sas::http {
namespace {

namespace urls = boost::urls;
namespace ip = boost::asio::ip;
using boost::system::error_code;

Error not_a_proxy() {
  return {.kind = ErrorKind::give_up,
          .cause = ErrorCause::configuration,
          .message = "HTTPS_PROXY is not of the form http://[user:password@]host:port"};
}

std::string base64(std::string_view text) {
  std::vector<unsigned char> encoded(4 * ((text.size() + 2) / 3) + 1);
  const int length = ::EVP_EncodeBlock(encoded.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                       static_cast<int>(text.size()));
  return {encoded.begin(), encoded.begin() + length};
}

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_text(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, {}, lower, lower);
}

bool in_network(const ip::address& address, std::string_view network) {
  error_code v4_failure;
  const ip::network_v4 v4 = ip::make_network_v4(network, v4_failure);
  if (!v4_failure)
    return address.is_v4() &&
           ip::network_v4(address.to_v4(), v4.prefix_length()).canonical() == v4.canonical();
  error_code v6_failure;
  const ip::network_v6 v6 = ip::make_network_v6(network, v6_failure);
  if (!v6_failure)
    return address.is_v6() &&
           ip::network_v6(address.to_v6(), v6.prefix_length()).canonical() == v6.canonical();
  return false;
}

std::string_view without_brackets(std::string_view entry) {
  return entry.starts_with('[') && entry.ends_with(']') ? entry.substr(1, entry.size() - 2) : entry;
}

bool covers_address(std::string_view entry, const ip::address& address) {
  error_code failure;
  const ip::address same = ip::make_address(without_brackets(entry), failure);
  return failure ? in_network(address, entry) : same == address;
}

bool covers_name(std::string_view entry, std::string_view name) {
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (name.size() == entry.size()) return same_text(name, entry);
  return !entry.empty() && name.size() > entry.size() && name[name.size() - entry.size() - 1] == '.' &&
         same_text(name.substr(name.size() - entry.size()), entry);
}

std::string environment(const char* name, const char* other_name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread, at the start
  if (value == nullptr) value = std::getenv(other_name);  // NOLINT(concurrency-mt-unsafe)
  return value == nullptr ? std::string{} : std::string{value};
}

}  // namespace

Result<std::optional<Proxy>> parse_proxy(std::string_view text) {
  if (text.empty()) return std::optional<Proxy>{};
  const auto parsed = urls::parse_uri(urls::string_view(text.data(), text.size()));
  if (!parsed) return not_a_proxy();
  const urls::url_view& view = *parsed;
  const std::optional<std::uint16_t> port =
      parse_port(std::string_view(view.port().data(), view.port().size()));
  const bool bare = (view.encoded_path().empty() || view.encoded_path() == "/") && !view.has_query() &&
                    !view.has_fragment();
  if (view.scheme_id() != urls::scheme::http || view.encoded_host().empty() || !port || !bare)
    return not_a_proxy();
  Proxy proxy{.host = view.host_address(), .port = *port, .authorization = {}};
  if (view.has_userinfo())
    proxy.authorization = Secret("Basic " + base64(view.user() + ':' + view.password()));
  return std::optional<Proxy>{std::move(proxy)};
}

bool bypasses_proxy(std::string_view host, std::string_view no_proxy) {
  constexpr std::string_view kSeparators = ", \t";
  error_code is_name;
  const ip::address address = ip::make_address(host, is_name);
  if (host.ends_with('.')) host.remove_suffix(1);
  while (!no_proxy.empty()) {
    const std::size_t end = std::min(no_proxy.find_first_of(kSeparators), no_proxy.size());
    std::string_view entry = no_proxy.substr(0, end);
    no_proxy.remove_prefix(std::min(end + 1, no_proxy.size()));
    if (entry.size() > 1 && entry.ends_with('.')) entry.remove_suffix(1);
    if (entry.empty()) continue;
    if (entry == "*") return true;
    if (is_name ? covers_name(entry, host) : covers_address(entry, address)) return true;
  }
  return false;
}

const Proxy* proxy_for(const Url& url, const std::optional<Proxy>& proxy, std::string_view no_proxy) {
  return url.tls && proxy && !bypasses_proxy(url.host, no_proxy) ? &*proxy : nullptr;
}

ProxyEnvironment proxy_from_environment() {
  return {.https_proxy = environment("https_proxy", "HTTPS_PROXY"),
          .no_proxy = environment("no_proxy", "NO_PROXY")};
}

}  // namespace sas::http
