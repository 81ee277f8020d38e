// SPDX-License-Identifier: Apache-2.0
#pragma once
// Holds on to what files gave before while somebody rewrites them: one of two files is new and the other old
// for a moment, or a text is half written. Time comes in as a value.

#include <chrono>
#include <optional>
#include <utility>

#include "base/result.hpp"
#include "base/time.hpp"

namespace sas::credentials {

template <class Value>
class Settling {
 public:
  /// How long the files have to stay as they are before what they give counts.
  static constexpr std::chrono::seconds kSettles{10};

  /// What to go by where the files give `found` at `now`: the first value at once, another one, and an error
  /// too, once it has stayed for a while.
  Result<Value> take(Result<Value> found, Instant now) {
    const bool is_doubtful = std::exchange(is_doubtful_, false);
    const bool is_new = !found || !kept_ || *found != *kept_;
    if (kept_ && is_new && !is_doubtful && !has_stayed(found, now)) return *kept_;
    pending_.reset();
    kept_ = found ? std::optional<Value>(*found) : std::nullopt;
    return found;
  }

  /// What is kept was not taken: if the files give something else by now, that counts at once.
  void doubt() { is_doubtful_ = true; }

  /// What is kept is of no use.
  void forget() { kept_.reset(); }

 private:
  struct Pending {
    std::optional<Value> value;  // none: an error
    Instant since;
  };

  bool has_stayed(const Result<Value>& found, Instant now) {
    const std::optional<Value> value = found ? std::optional<Value>(*found) : std::nullopt;
    if (!pending_ || pending_->value != value) pending_ = Pending{value, now};
    return now - pending_->since >= kSettles;
  }

  std::optional<Value> kept_;
  std::optional<Pending> pending_;  // what the files have given since they differ
  bool is_doubtful_ = false;
};

}  // namespace sas::credentials
