// SPDX-License-Identifier: Apache-2.0
#pragma once
// The `rate_limit` of a web configuration.

#include "base/time.hpp"
#include "settings/web_config.hpp"

namespace sas::web {

/// Full at first. One token comes each interval, up to the burst; a request takes one.
class TokenBucket {
 public:
  explicit TokenBucket(const settings::RateLimit& limit) : limit_(limit), left_(limit.burst) {}

  /// False: there is none, and the request is one too many.
  bool take(Instant now);

  [[nodiscard]] const settings::RateLimit& limit() const { return limit_; }

 private:
  settings::RateLimit limit_;
  std::int64_t left_;
  Instant filled_ = Instant::min();  // up to when the tokens that came are counted
};

}  // namespace sas::web
