// SPDX-License-Identifier: Apache-2.0
#pragma once
// What waits for one receiver, and the loop that takes it there, in order.
//
// An attempt has 10 s. What fails is tried again after a backoff of at most a minute, or when the receiver
// asks for it, for as long as it is not an hour old: by time and not by count, so that a receiver's outage of
// half an hour loses nothing, however fast it refuses. What is older is given up, as is at once what the
// receiver will never take; these are the dead letters, counted as dropped and named in the log. Who starts
// with a state file is told anew what was waiting, and waits another hour.

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "alerts/piece.hpp"
#include "alerts/sink.hpp"
#include "alerts/surroundings.hpp"
#include "base/result.hpp"
#include "runtime/doorbell.hpp"

namespace sas::alerts {

/// Takes pieces to the receiver.
class Carrier {
 public:
  virtual ~Carrier() = default;

  /// One attempt. The kind of an error says what follows: `give_up`, this will never be taken; else it is
  /// tried again. Its message goes to the log. `batch` must live until it is done.
  virtual asio::awaitable<Result<void>> carry(const Batch& batch) = 0;
};

/// What a receiver can stand.
struct Habits {
  std::size_t at_once = 1;  // pieces in an attempt
  Milliseconds between{0};  // from the end of an attempt to the next
};

class DeliveryQueue {
 public:
  static constexpr std::size_t kMost = 1000;
  static constexpr Milliseconds kDeadline{10'000};
  static constexpr Milliseconds kPatience = std::chrono::hours{1};

  /// `name` is the sink's.
  DeliveryQueue(std::string name, Carrier& carrier, Habits habits, Surroundings surroundings);

  /// Takes a piece; where it is full, it is given up at once.
  void add(Piece piece, Taken taken);

  /// Delivers until it is cancelled.
  asio::awaitable<void> run();

  [[nodiscard]] bool empty() const { return queue_.empty(); }

 private:
  struct Waiting {
    Piece piece;
    Taken taken;
    Instant since;
  };

  asio::awaitable<void> attempt();
  [[nodiscard]] Batch next_batch() const;
  void settle(std::size_t count, const Result<void>& outcome);
  void refused(std::size_t count, const Error& error);
  void failed(std::size_t count, const Error& error);
  void drop_front(const Error& error);
  Taken pop_front();
  void tally(std::size_t times, std::string_view result);
  void recovered();

  std::string name_;
  Carrier& carrier_;
  Habits habits_;
  Surroundings surroundings_;
  runtime::Doorbell bell_;
  std::deque<Waiting> queue_;
  Instant next_;            // no attempt before
  int failures_ = 0;        // in a row
  std::size_t singly_ = 0;  // so many go one by one: together they were refused, and who knows for whose sake
  bool overflows_ = false;  // and the log has said so; until half of it is free again
};

}  // namespace sas::alerts
