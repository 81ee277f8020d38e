// SPDX-License-Identifier: Apache-2.0
#include "alerts/dispatcher.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <fmt/format.h>

#include "runtime/clock.hpp"
#include "runtime/timer.hpp"

namespace sas::alerts {
namespace {

// How often flush() looks whether the sinks are done.
constexpr Milliseconds kGlance{20};

}  // namespace

Dispatcher::Dispatcher(std::vector<std::unique_ptr<Sink>> sinks) : sinks_(std::move(sinks)) {}

std::vector<std::string> Dispatcher::who_wants(const policy::Event& event) const {
  std::vector<std::string> names;
  for (const auto& sink : sinks_) {
    if (sink->wants(event)) names.push_back(sink->name());
  }
  return names;
}

bool Dispatcher::knows(std::string_view sink) const {
  return find(sink) != nullptr;
}

void Dispatcher::tell(std::string_view target, const policy::News& news, Taken taken) {
  Sink* const sink = find(news.sink);
  if (sink == nullptr) throw std::logic_error(fmt::format("there is no sink {}", news.sink));
  sink->tell(target, news.event, std::move(taken));
}

void Dispatcher::recall(std::string_view target, const policy::FiringAlert& alert) {
  for (const auto& sink : sinks_)
    sink->recall(target, alert);
}

void Dispatcher::start(runtime::TaskGroup& loops) {
  for (const auto& sink : sinks_)
    loops.spawn(fmt::format("sink {}", sink->name()), sink->run());
}

asio::awaitable<std::vector<std::string>> Dispatcher::flush(Instant deadline) {
  const auto busy = [](const std::unique_ptr<Sink>& sink) { return !sink->is_idle(); };
  while (runtime::Clock::now() < deadline && std::any_of(sinks_.begin(), sinks_.end(), busy)) {
    // A timer of the loop; the sinks deliver meanwhile.
    co_await runtime::sleep_for(kGlance);
  }
  std::vector<std::string> left;
  for (const auto& sink : sinks_) {
    if (!sink->is_idle()) left.push_back(sink->name());
  }
  co_return left;
}

Sink* Dispatcher::find(std::string_view name) const {
  const auto found =
      std::find_if(sinks_.begin(), sinks_.end(), [&](const auto& sink) { return sink->name() == name; });
  return found == sinks_.end() ? nullptr : found->get();
}

}  // namespace sas::alerts
