// SPDX-License-Identifier: Apache-2.0
#pragma once
// What fires, and what has ceased to fire and must still be said, for receivers that want to hear all of it
// again and again. Each change has a number, by which a receiver's place is known.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/time.hpp"
#include "policy/alert.hpp"

namespace sas::alerts {

struct HeldAlert {
  policy::AlertChange change;  // the last
  // As they were when it began: a receiver knows an alert by them.
  std::vector<std::pair<std::string, std::string>> labels;
  std::uint64_t number = 0;
  Instant told;
};

class HeldAlerts {
 public:
  void put(policy::AlertChange change, Instant now);

  /// Of the last change.
  [[nodiscard]] std::uint64_t number() const { return number_; }

  [[nodiscard]] bool any_firing() const;

  /// How many changes came after `number`.
  [[nodiscard]] std::size_t newer(std::uint64_t number) const;

  /// What changed after `number`; `whole`: what fires besides.
  [[nodiscard]] std::vector<std::reference_wrapper<const HeldAlert>> select(std::uint64_t number,
                                                                            bool whole) const;

  /// Forgets what is over, and up to `number`.
  void forget(std::uint64_t number);

  /// Forgets what is over and was told at `then` or before. Returns how many that were.
  std::size_t give_up(Instant then);

 private:
  using Key = std::tuple<std::string, policy::Alert, std::string>;  // target, alert, subject

  std::map<Key, HeldAlert> held_;
  std::uint64_t number_ = 0;
};

}  // namespace sas::alerts
