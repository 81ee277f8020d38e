// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where transitions and alerts go once they are decided: who wants which, and each to its sink.

#include <cstdint>
#include <memory>
#include <set>
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

  /// Which sink took a piece of news over: one of the same name that takes its place is another.
  enum class Post : std::uint64_t {};

  /// Hands a piece of news to the sink that it names; see Sink::tell(). The sink must be known.
  Post tell(std::string_view target, const policy::News& news, Taken taken);

  /// False: it has gone, and what it had not delivered is nobody's.
  [[nodiscard]] bool has(Post post) const;

  void recall(std::string_view target, const policy::FiringAlert& alert);

  /// Starts the sinks' loops. `loops` must outlive the dispatcher.
  void start(runtime::TaskGroup& loops);

  /// Lets go all sinks but those named, and takes `added`, recalled already, in. For after start().
  void exchange(const std::set<std::string>& kept, std::vector<std::unique_ptr<Sink>> added);

  /// Waits until all sinks have delivered what they were told, but no longer than until `deadline`. Returns
  /// the names of those that have not.
  asio::awaitable<std::vector<std::string>> flush(Instant deadline);

 private:
  struct Posted {
    Post post;
    std::shared_ptr<Sink> sink;  // shared with its loop, which may end later
  };

  void take_in(std::unique_ptr<Sink> sink);
  void run(const Posted& posted);
  [[nodiscard]] const Posted* find(std::string_view name) const;

  std::vector<Posted> sinks_;
  std::uint64_t posts_ = 0;
  runtime::TaskGroup* loops_ = nullptr;  // null: not started
};

}  // namespace sas::alerts
