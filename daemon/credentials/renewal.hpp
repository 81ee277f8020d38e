// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a temporary key is fetched anew, and whether the one that is there may still be used. Decides from
// values alone: both clocks and the randomness come in.

#include <cstdint>
#include <optional>

#include "base/access_key.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

namespace sas::credentials {

/// Both clocks at one moment. A key's life is watched by both: the calendar may be set, and the steady clock
/// stands still while the machine sleeps.
struct Moment {
  Time wall;
  Instant steady;
};

class Renewal {
 public:
  enum class Step : std::uint8_t {
    serve,            // the key is good
    serve_and_fetch,  // the key is still good, and another is due
    fetch,            // there is no good key
    fail,             // there is none, and the source is left alone for a while: error()
  };

  [[nodiscard]] Step next(Moment now) const;
  [[nodiscard]] bool has_good_key(Moment now) const;

  /// A key that lives for L is due for renewal 15 minutes before its end, or a fifth of L where that is less;
  /// by up to a fifth of that margin earlier, as `random` in [0, 1) says. One that has expired by our clock
  /// when it comes is used all the same, since whoever issued it knows better, and renewed after a minute.
  void fetched(const AccessKey& key, Moment now, double random);

  /// The source is left alone for a time that doubles with each failure in a row, from 2 seconds to a minute,
  /// jittered; longer where it asks for that.
  void failed(const Error& error, Moment now, double random);

  /// The service says that `key` has expired. Nothing happens where it is not the one that is there. The same
  /// key is not fetched away twice within 10 seconds.
  void refused(const AccessKey& key, Moment now);

  [[nodiscard]] const AccessKey& key() const { return *key_; }
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  std::optional<AccessKey> key_;
  bool is_refused_ = false;
  std::optional<Time> good_until_;            // by the calendar
  std::optional<Instant> good_until_steady_;  // none: for as long as nobody refuses it
  Instant fetched_at_;
  Instant due_;
  int failures_ = 0;
  Instant left_alone_until_;
  Error error_;
};

}  // namespace sas::credentials
