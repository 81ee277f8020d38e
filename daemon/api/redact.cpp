// SPDX-License-Identifier: Apache-2.0
#include "api/redact.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace sas::api {
namespace {

constexpr std::string_view kCut = "[redacted]";
constexpr std::size_t kLongestPlainRun = 40;  // a UUID has 36 characters, a signature 64, a token hundreds
constexpr std::size_t kShortestKeyId = 12;
constexpr std::size_t kShownOfKeyId = 4;

constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (to_lower(c) >= 'a' && to_lower(c) <= 'z');
}

// What base64, base64url, hexadecimal and percent-encoded text is made of.
constexpr bool is_secret_character(char c) {
  return is_alphanumeric(c) || c == '+' || c == '/' || c == '=' || c == '-' || c == '_' || c == '%';
}

// Compares letters and digits only, so that `String to sign`, `StringToSign` and `string-to-sign` are one.
// Gives how much of the text the name takes; 0: it does not start with it.
std::size_t match(std::string_view text, std::string_view name) {
  std::size_t at = 0;
  for (const char expected : name) {
    while (at < text.size() && at > 0 && (text[at] == ' ' || text[at] == '-' || text[at] == '_'))
      ++at;
    if (at == text.size() || to_lower(text[at]) != expected) return 0;
    ++at;
  }
  return at;
}

template <std::size_t N>
std::size_t match_any(std::string_view text, const std::array<std::string_view, N>& names) {
  for (const std::string_view name : names) {
    if (const std::size_t length = match(text, name)) return length;
  }
  return 0;
}

// Before them stands only what cannot be secret, after them nothing.
constexpr std::array<std::string_view, 3> kLast{"canonicalrequest", "stringtosign", "canonicalizedrequest"};
constexpr std::array<std::string_view, 5> kNamesOfSecrets{"securitytoken", "signature", "accesskeysecret",
                                                          "authorization", "bearertoken"};
constexpr std::array<std::string_view, 2> kKeyIds{"ltai", "sts."};

// How much of the text stands between a name and its value: ` is [`, `=`, `": "`, `%3D`, …; 0: there is no
// value.
std::size_t match_separator(std::string_view text) {
  std::size_t at = 0;
  bool separates = false;
  while (at < text.size()) {
    const std::string_view rest = text.substr(at);
    if (rest.front() == ':' || rest.front() == '=' || rest.front() == '[') {
      separates = true;
      ++at;
    } else if (rest.front() == ' ' || rest.front() == '"' || rest.front() == '\'' || rest.front() == '\\') {
      ++at;
    } else if (to_lower(rest.front()) == 'i' && rest.substr(1).starts_with("s ")) {
      at += 3;
    } else if (rest.starts_with("%3D") || rest.starts_with("%3A")) {
      separates = true;
      at += 3;
    } else {
      break;
    }
  }
  return separates ? at : 0;
}

std::size_t value_length(std::string_view text) {
  return std::min(text.find_first_of(" \t\r\n\"'\\,&;]}<"), text.size());
}

// An Authorization header's value goes on after the algorithm's name.
std::size_t secret_length(std::string_view text) {
  constexpr std::array<std::string_view, 3> kSchemes{"ACS3-HMAC-SHA256 ", "acs ", "Bearer "};
  for (const std::string_view scheme : kSchemes) {
    if (text.starts_with(scheme)) return text.find_first_of("\r\n\"]}<");
  }
  return value_length(text);
}

template <class Belongs>
std::size_t run_length(std::string_view text, Belongs belongs) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, belongs) - text.begin());
}

// A run of such characters from the start of the text, up to where a name of something secret begins: with
// the name swallowed, its value would stay.
template <class Belongs>
std::size_t nameless_run_length(std::string_view text, Belongs belongs) {
  const std::size_t length = run_length(text, belongs);
  for (std::size_t at = 1; at < length; ++at) {
    const std::string_view rest = text.substr(at);
    if (match_any(rest, kLast) != 0 || match_any(rest, kNamesOfSecrets) != 0) return at;
  }
  return length;
}

class Redaction {
 public:
  explicit Redaction(std::string_view text) : rest_(text) {}

  std::string run() {
    while (!rest_.empty()) {
      if (!(cut_rest() || cut_secret() || mask_key_id() || cut_run())) keep(1);
    }
    return std::move(done_);
  }

 private:
  void keep(std::size_t length) {
    length = std::min(length, rest_.size());
    done_ += rest_.substr(0, length);
    drop(length);
  }

  void drop(std::size_t length) { rest_.remove_prefix(std::min(length, rest_.size())); }

  bool cut_rest() {
    const std::size_t name = match_any(rest_, kLast);
    if (name == 0) return false;
    keep(name);
    done_ += ' ';
    done_ += kCut;
    rest_ = {};
    return true;
  }

  bool cut_secret() {
    const std::size_t name = match_any(rest_, kNamesOfSecrets);
    if (name == 0) return false;
    const std::size_t separator = match_separator(rest_.substr(name));
    if (separator == 0) return false;
    keep(name + separator);
    drop(secret_length(rest_));
    done_ += kCut;
    return true;
  }

  bool mask_key_id() {
    if (match_any(rest_, kKeyIds) == 0) return false;
    const std::size_t length =
        nameless_run_length(rest_, [](char c) { return is_alphanumeric(c) || c == '.'; });
    if (length < kShortestKeyId) return false;
    done_ += "****";
    drop(length - kShownOfKeyId);
    keep(kShownOfKeyId);
    return true;
  }

  bool cut_run() {
    if (run_length(rest_, is_secret_character) <= kLongestPlainRun) return false;
    drop(nameless_run_length(rest_, is_secret_character));
    done_ += kCut;
    return true;
  }

  std::string_view rest_;
  std::string done_;
};

}  // namespace

std::string redact(std::string_view text) {
  return Redaction{text}.run();
}

}  // namespace sas::api
