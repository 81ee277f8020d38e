// SPDX-License-Identifier: Apache-2.0
#pragma once
// The seam to whoever is told of transitions and alerts.
//
// A sink takes news over at once and delivers it in its own time: none waits for another, and polling waits
// for none. What it has not delivered when the process ends is told to it again by the next one, where there
// is a state file: so it is told at least once, and news has a key by which a receiver knows it again.

#include <functional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "policy/news.hpp"

namespace sas::alerts {

namespace asio = boost::asio;

/// To be called once: the news has been delivered, or given up for good.
using Taken = std::function<void()>;

class Sink {
 public:
  virtual ~Sink() = default;

  /// Its label `sink`; unique.
  [[nodiscard]] virtual const std::string& name() const = 0;

  [[nodiscard]] virtual bool wants(const policy::Event& event) const = 0;

  /// Takes over a piece of news that it wants. `taken` may be called before this returns.
  virtual void tell(std::string_view target, const policy::Event& event, Taken taken) = 0;

  /// An alert that has been firing since before the process started, and was told then.
  virtual void recall(std::string_view target, const policy::FiringAlert& alert) = 0;

  /// Delivers what it was told, until it is cancelled.
  virtual asio::awaitable<void> run() = 0;

  /// Nothing waits to be delivered.
  [[nodiscard]] virtual bool is_idle() const = 0;
};

}  // namespace sas::alerts
