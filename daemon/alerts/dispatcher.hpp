// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where transitions and alerts go once they are decided: who wants which, and each to its sink.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "alerts/sink.hpp"
#include "base/time.hpp"
#include "policy/news.hpp"
#include "runtime/task_group.hpp"

namespace sas::alerts {

class Dispatcher {
 public:
  explicit Dispatcher(std::vector<std::unique_ptr<Sink>> sinks);

  /// The names of the sinks that want it.
  [[nodiscard]] std::vector<std::string> who_wants(const policy::Event& event) const;
  [[nodiscard]] bool knows(std::string_view sink) const;

  /// Hands a piece of news to the sink that it names; see Sink::tell(). The sink must be known.
  void tell(std::string_view target, const policy::News& news, Taken taken);

  void recall(std::string_view target, const policy::FiringAlert& alert);

  /// Starts the sinks' loops.
  void start(runtime::TaskGroup& loops);

  /// Waits until all sinks have delivered what they were told, but no longer than until `deadline`. Returns
  /// the names of those that have not.
  asio::awaitable<std::vector<std::string>> flush(Instant deadline);

 private:
  [[nodiscard]] Sink* find(std::string_view name) const;

  std::vector<std::unique_ptr<Sink>> sinks_;
};

}  // namespace sas::alerts
