// SPDX-License-Identifier: Apache-2.0
#include "credentials/renewal.hpp"

#include <algorithm>
#include <chrono>

#include "policy/backoff.hpp"

namespace sas::credentials {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Milliseconds kLongestMargin = minutes{15};
constexpr Milliseconds kUntold = minutes{60};  // the life of a key of which none is told: STS's default
constexpr Milliseconds kAfterExpired = minutes{1};
constexpr Milliseconds kLeastPause = seconds{10};  // between two fetches, whatever the source tells
constexpr policy::Backoff kBackoff{.base = seconds{4}, .cap = minutes{1}};

Milliseconds part(Milliseconds whole, double fraction) {
  return Milliseconds{static_cast<Milliseconds::rep>(static_cast<double>(whole.count()) * fraction)};
}

Milliseconds renewed_after(Milliseconds life, double random) {
  if (life <= Milliseconds{0}) return part(kAfterExpired, 1 - random / 5);
  const Milliseconds margin = std::min(kLongestMargin, life / 5);
  return std::max(life - part(margin, 1 + random / 5), kLeastPause);
}

}  // namespace

Renewal::Step Renewal::next(Moment now) const {
  const bool may_fetch = now.steady >= left_alone_until_;
  if (!has_good_key(now)) return may_fetch ? Step::fetch : Step::fail;
  return may_fetch && now.steady >= due_ ? Step::serve_and_fetch : Step::serve;
}

bool Renewal::has_good_key(Moment now) const {
  if (!key_ || is_refused_) return false;
  return !(good_until_ && now.wall >= *good_until_) &&
         !(good_until_steady_ && now.steady >= *good_until_steady_);
}

void Renewal::fetched(const AccessKey& key, Moment now, double random) {
  const Milliseconds life = key.expiration ? *key.expiration - now.wall : kUntold;
  key_ = key;
  is_refused_ = false;
  fetched_at_ = now.steady;
  due_ = now.steady + renewed_after(life, random);
  const bool has_end = key.expiration && life > Milliseconds{0};
  good_until_ = has_end ? key.expiration : std::nullopt;
  good_until_steady_ = has_end ? std::optional(now.steady + life) : std::nullopt;
  failures_ = 0;
  left_alone_until_ = now.steady;
}

void Renewal::failed(const Error& error, Moment now, double random) {
  ++failures_;
  error_ = error;
  // Between half and the whole of what the backoff allows: with nothing as its least it could storm.
  const Milliseconds pause = policy::backoff(kBackoff, failures_, (1 + random) / 2);
  left_alone_until_ = now.steady + std::max(pause, error.retry_after.value_or(Milliseconds{0}));
}

void Renewal::refused(const AccessKey& key, Moment now) {
  if (!key_ || key_->id != key.id || key_->security_token != key.security_token) return;
  if (now.steady < fetched_at_ + kLeastPause) return;
  is_refused_ = true;
}

}  // namespace sas::credentials
