// SPDX-License-Identifier: Apache-2.0
#pragma once
// One target's news on its way out: a copy for each sink that wants it, numbered, handed out in order, and
// remembered until the sink has taken it. A transition counts in the metrics when it is handed out, by a copy
// that is ticked off like the others.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "alerts/dispatcher.hpp"
#include "policy/news.hpp"
#include "telemetry/target_metrics.hpp"

namespace sas::polling {

/// News that a sink has been told and not taken yet, by number. Those that are taken meanwhile stay, marked,
/// until the next deliver(): somebody may be reading.
struct Handed {
  policy::News news;
  alerts::Dispatcher::Post post{};  // who has it
  bool taken = false;
};
using HandedOut = std::map<std::uint64_t, Handed>;

class Outbox {
 public:
  /// Called with the number of a piece of news when it has been taken, which may be long after deliver().
  using Told = std::function<void(std::uint64_t number)>;

  /// What it is given by reference must outlive it.
  Outbox(std::string target, alerts::Dispatcher& dispatcher, telemetry::TargetMetrics& metrics)
      : target_(std::move(target)), dispatcher_(dispatcher), metrics_(metrics) {}

  /// What an earlier process still had to tell. News for sinks that are no more is dropped.
  void restore(std::vector<policy::News> untold, std::uint64_t last_number);

  void announce(const policy::Event& event);

  /// Hands out news, oldest first, at most so many; what a sink that has gone left undelivered is first of
  /// all. News for sinks that are no more is dropped. `told` must work for as long as the sinks do.
  void deliver(std::size_t most, const Told& told);

  [[nodiscard]] std::uint64_t last_number() const { return last_number_; }
  [[nodiscard]] const std::deque<policy::News>& untold() const { return untold_; }
  [[nodiscard]] const HandedOut& handed_out() const { return *handed_out_; }

 private:
  void take_back();
  void count(const tasks::Transition& transition);

  std::string target_;
  alerts::Dispatcher& dispatcher_;
  telemetry::TargetMetrics& metrics_;
  std::deque<policy::News> untold_;
  // Shared with what the sinks call when they have taken a piece: they may live longer.
  std::shared_ptr<HandedOut> handed_out_ = std::make_shared<HandedOut>();
  std::uint64_t last_number_ = 0;
};

}  // namespace sas::polling
