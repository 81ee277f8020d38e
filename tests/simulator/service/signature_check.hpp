// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether a request is signed by a known key with ACS3-HMAC-SHA256 (product documentation 2593177, "V3
// request body and signature mechanism"). Starts from the wire and from nothing else: it decodes the URL that
// was sent and encodes it again, so what a client meant to send does not count.

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/access_key.hpp"
#include "base/time.hpp"
#include "simulator/service/api_error.hpp"
#include "simulator/service/message.hpp"

namespace sas::simulator {

/// How far the request's date may be from the service's, and how long its nonce is remembered.
constexpr Milliseconds kSignatureWindow{15 * 60 * 1'000};

/// What the Authorization header says.
struct Authorization {
  std::string credential;
  std::vector<std::string> signed_headers;
  std::string signature;
};

std::optional<Authorization> parse_authorization(std::string_view value);

/// The service's own idea of the request, over the headers named.
std::string canonical_request(const Request& request, const std::vector<std::string>& signed_headers);

/// `YYYY-MM-DDThh:mm:ssZ` and nothing else.
std::optional<Time> parse_date(std::string_view text);

class SignatureCheck {
 public:
  explicit SignatureCheck(std::vector<AccessKey> keys);

  /// In place of those before. After its expiration a temporary key has expired, and a long-lived one is not
  /// known.
  void use_keys(std::vector<AccessKey> keys) { keys_ = std::move(keys); }

  /// One key more that may sign.
  void know(AccessKey key) { keys_.push_back(std::move(key)); }

  /// Nothing where the request may pass; its nonce is used up then. `now` is the service's time.
  std::optional<ApiError> refusal(const Request& request, Time now);

 private:
  [[nodiscard]] const AccessKey* find(std::string_view id) const;
  bool use_nonce(const std::string& nonce, Time now);

  std::vector<AccessKey> keys_;
  std::set<std::string> nonces_;
  std::deque<std::pair<Time, std::string>> nonce_times_;  // oldest first
};

}  // namespace sas::simulator
