// SPDX-License-Identifier: Apache-2.0
#include "settings/web_config_checks.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "settings/text.hpp"

namespace sas::settings {
namespace {

struct Named {
  std::string_view theirs;
  std::string_view ours;
};

// What Go's CipherSuites() has listed, then or now.
constexpr std::array<Named, 17> kCiphers{{
    {"TLS_AES_128_GCM_SHA256", ""},
    {"TLS_AES_256_GCM_SHA384", ""},
    {"TLS_CHACHA20_POLY1305_SHA256", ""},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256"},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384"},
    {"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"},
    {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"},
    {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384"},
    {"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305"},
    {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA"},
    {"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA"},
    {"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA"},
    {"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA-AES256-SHA"},
    {"TLS_RSA_WITH_AES_128_GCM_SHA256", "AES128-GCM-SHA256"},
    {"TLS_RSA_WITH_AES_256_GCM_SHA384", "AES256-GCM-SHA384"},
    {"TLS_RSA_WITH_AES_128_CBC_SHA", "AES128-SHA"},
    {"TLS_RSA_WITH_AES_256_CBC_SHA", "AES256-SHA"},
}};

constexpr std::array<Named, 4> kCurves{
    {{"CurveP256", "P-256"}, {"CurveP384", "P-384"}, {"CurveP521", "P-521"}, {"X25519", "X25519"}}};

std::variant<std::string_view, Problem> named(std::span<const Named> known, std::string_view name) {
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Named& one) { return one.theirs == name; });
  if (found != known.end()) return found->ours;
  std::vector<std::string_view> names;
  for (const Named& one : known)
    names.push_back(one.theirs);
  return Problem{fmt::format("is none of {}", listed(names))};
}

constexpr std::array<std::string_view, 5> kHeaders{"Content-Security-Policy", "X-Frame-Options",
                                                   "X-Content-Type-Options", "X-XSS-Protection",
                                                   "Strict-Transport-Security"};

struct Unit {
  std::string_view name;
  double nanoseconds;
};
constexpr std::array<Unit, 7> kUnits{
    {{"ns", 1}, {"us", 1e3}, {"µs", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}}};

constexpr double kLongest = 24 * 3600e9;

/// Takes `1.5h` off the front; nothing where none stands there.
std::optional<double> take_part(std::string_view& text) {
  constexpr std::string_view kNumber = "0123456789.";
  const std::size_t digits = std::min(text.find_first_not_of(kNumber), text.size());
  double number = 0;
  const auto [end, failure] =
      std::from_chars(text.data(), text.data() + digits, number, std::chars_format::fixed);
  if (failure != std::errc{} || end != text.data() + digits) return std::nullopt;
  text.remove_prefix(digits);
  const std::string_view name = text.substr(0, std::min(text.find_first_of(kNumber), text.size()));
  const auto* unit =
      std::find_if(kUnits.begin(), kUnits.end(), [name](const Unit& known) { return known.name == name; });
  if (unit == kUnits.end()) return std::nullopt;
  text.remove_prefix(name.size());
  return number * unit->nanoseconds;
}

}  // namespace

std::optional<Problem> check_bcrypt_hash(std::string_view text) {
  constexpr std::string_view kRadix64 = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  constexpr std::size_t kSalted = 7;  // `$2y$10$`
  const bool fits = text.size() == 60 && text.starts_with("$2") &&
                    (text[2] == 'a' || text[2] == 'b' || text[2] == 'y') && text[3] == '$' &&
                    text[6] == '$' &&
                    text.substr(kSalted).find_first_not_of(kRadix64) == std::string_view::npos;
  int cost = 0;
  if (fits) std::from_chars(text.data() + 4, text.data() + 6, cost);
  if (!fits || cost < 4 || cost > 31) {
    return Problem{
        "is no hash of bcrypt, which begins with $2y$, $2b$ or $2a$ and is 60 characters long; "
        "htpasswd -nBC 10 NAME makes one"};
  }
  if (cost > 18)
    return Problem{fmt::format("has the cost {}, with which each check takes minutes; use 18 at most", cost)};
  return std::nullopt;
}

std::optional<Problem> check_header_name(std::string_view name) {
  if (std::find(kHeaders.begin(), kHeaders.end(), name) != kHeaders.end()) return std::nullopt;
  if (const auto near = nearest(name, kHeaders))
    return Problem{fmt::format("is no header that can be set; did you mean {}?", *near)};
  return Problem{fmt::format("is no header that can be set; those are {}", listed(kHeaders))};
}

std::optional<Problem> check_header_value(std::string_view name, std::string_view value) {
  if (has_control_character(value))
    return Problem{"holds a line end or another control character; write it in one line"};
  if (value.empty()) return std::nullopt;
  if (name == "X-Content-Type-Options" && value != "nosniff")
    return Problem{"is not nosniff, the one value there is"};
  if (name == "X-Frame-Options" && value != "deny" && value != "sameorigin")
    return Problem{"is none of deny, sameorigin"};
  return std::nullopt;
}

std::variant<std::string_view, Problem> cipher_named(std::string_view name) {
  return named(kCiphers, name);
}

std::variant<std::string_view, Problem> curve_named(std::string_view name) {
  return named(kCurves, name);
}

std::variant<std::chrono::nanoseconds, Problem> read_go_duration(std::string_view text) {
  if (text == "0") return std::chrono::nanoseconds{0};
  double sum = 0;
  do {
    const auto part = take_part(text);
    if (!part) return Problem{"is no duration such as 1s, 500ms or 1m30s"};
    sum += *part;
  } while (!text.empty());
  if (sum > kLongest) return Problem{"is longer than a day"};
  return std::chrono::nanoseconds{static_cast<std::int64_t>(sum)};
}

}  // namespace sas::settings
