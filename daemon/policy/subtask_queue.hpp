// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whose subtasks are read next. Of each task that ended they are read once, of the latest to end first: what
// has just gone wrong is what somebody should hear of. What cannot be read is tried again, later and later,
// behind the others.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/error.hpp"
#include "base/time.hpp"

namespace sas::policy {

/// A task at one of its ends: one that was reopened has several.
struct EndedTask {
  std::string id;  // TaskId to the letter
  Time at;         // when it ended

  friend bool operator==(const EndedTask&, const EndedTask&) = default;
};

struct SubtaskQueueLimits {
  std::size_t tasks = 10'000;        // remembered; those that ended longest ago are left out
  unsigned tries = 5;                // of which each failed for the task's own sake, and it is given up
  Milliseconds first_pause{60'000};  // after a failure; doubled with each further one in a row
  Milliseconds last_pause{1'800'000};
  Milliseconds forbidden_pause{3'600'000};  // after a refusal for want of the permission
};

/// What a failed reading means, for the one who tells of it.
enum class Setback : std::uint8_t {
  later,            // it is tried again
  given_up,         // it failed too often: never again, unless the task ends anew
  forbidden,        // the permission is missing; to be said once
  still_forbidden,  // as said before
};

class SubtaskQueue {
 public:
  explicit SubtaskQueue(const SubtaskQueueLimits& limits = {}) : limits_(limits) {}

  /// The task ended: its subtasks are to be read, unless that was done or given up for this end or a later
  /// one. To be called again with the same end as often as one likes.
  void ended(const EndedTask& task);

  /// Its subtasks are of no interest: it was reopened, or is no longer there.
  void withdraw(const std::string& id);

  /// Whose turn it is; nobody's while there is nothing to read or a pause lasts. The same one until read(),
  /// failed(), withdraw() or a later end of another task.
  [[nodiscard]] std::optional<EndedTask> next(Instant now) const;

  /// They are known. Also for a task that the queue has never heard of: by what was kept over a restart. Does
  /// nothing for an end that is over by now.
  void read(const EndedTask& task);

  /// They could not be had. Whatever the failure, the others are not asked for either for a while, since most
  /// failures are the service's and not the task's.
  Setback failed(const EndedTask& task, const Error& error, Instant now);

  /// Drops what ended before: it is not shown any more.
  void forget(Time before);

  [[nodiscard]] std::size_t waiting() const { return waiting_.size(); }
  [[nodiscard]] std::size_t remembered() const { return by_end_.size(); }

 private:
  struct Entry {
    EndedTask task;
    bool waits = true;
    unsigned setbacks = 0;  // of all kinds: who had fewer goes first
    unsigned own = 0;       // of these, for its own sake
  };

  /// In the order in which they come.
  struct Turn {
    unsigned setbacks;
    Time at;
    std::string key;

    bool operator<(const Turn& other) const;
  };

  // By the id as it is shown: with and without white space around it, it is the same task.
  using Entries = boost::unordered_flat_map<std::string, Entry>;

  Entries::iterator find(const std::string& id);
  void put(const EndedTask& task, bool waits);
  void drop(Entries::iterator found);
  void put_back(Entries::iterator found, const Error& error);
  static Turn turn_of(const std::string& key, const Entry& entry);

  SubtaskQueueLimits limits_;
  Entries entries_;
  std::set<std::pair<Time, std::string>> by_end_;  // the keys of all entries
  std::set<Turn> waiting_;
  unsigned failures_ = 0;  // in a row
  bool forbidden_ = false;
  std::optional<Instant> paused_until_;
};

}  // namespace sas::policy
