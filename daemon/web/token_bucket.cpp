// SPDX-License-Identifier: Apache-2.0
#include "web/token_bucket.hpp"

#include <algorithm>

namespace sas::web {

bool TokenBucket::take(Instant now) {
  if (filled_ == Instant::min()) filled_ = now;
  const std::int64_t came = (now - filled_) / limit_.interval;
  left_ = std::min(limit_.burst, left_ + came);
  filled_ += came * limit_.interval;
  if (left_ == 0) return false;
  --left_;
  return true;
}

}  // namespace sas::web
