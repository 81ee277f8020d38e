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

std::string loop_of(const Sink& sink) {
  return fmt::format("sink {}", sink.name());
}

asio::awaitable<void> run_on(std::shared_ptr<Sink> sink) {
  co_await sink->run();
}

}  // namespace

Dispatcher::Dispatcher(std::vector<std::unique_ptr<Sink>> sinks) {
  for (std::unique_ptr<Sink>& sink : sinks)
    take_in(std::move(sink));
}

void Dispatcher::take_in(std::unique_ptr<Sink> sink) {
  sinks_.push_back({.post = Post{++posts_}, .sink = std::move(sink)});
}

std::vector<std::string> Dispatcher::who_wants(const policy::Event& event) const {
  std::vector<std::string> names;
  for (const Posted& posted : sinks_) {
    if (posted.sink->wants(event)) names.push_back(posted.sink->name());
  }
  return names;
}

bool Dispatcher::knows(std::string_view sink) const {
  return find(sink) != nullptr;
}

Dispatcher::Post Dispatcher::tell(std::string_view target, const policy::News& news, Taken taken) {
  const Posted* const posted = find(news.sink);
  if (posted == nullptr) throw std::logic_error(fmt::format("there is no sink {}", news.sink));
  const Post post = posted->post;
  posted->sink->tell(target, news.event, std::move(taken));
  return post;
}

bool Dispatcher::has(Post post) const {
  return std::ranges::find(sinks_, post, &Posted::post) != sinks_.end();
}

void Dispatcher::recall(std::string_view target, const policy::FiringAlert& alert) {
  for (const Posted& posted : sinks_)
    posted.sink->recall(target, alert);
}

void Dispatcher::start(runtime::TaskGroup& loops) {
  loops_ = &loops;
  for (const Posted& posted : sinks_)
    run(posted);
}

void Dispatcher::run(const Posted& posted) {
  loops_->spawn(loop_of(*posted.sink), run_on(posted.sink));
}

void Dispatcher::exchange(const std::set<std::string>& kept, std::vector<std::unique_ptr<Sink>> added) {
  for (const Posted& posted : sinks_) {
    if (!kept.contains(posted.sink->name())) loops_->request_stop(loop_of(*posted.sink));
  }
  std::erase_if(sinks_, [&](const Posted& posted) { return !kept.contains(posted.sink->name()); });
  for (std::unique_ptr<Sink>& sink : added) {
    take_in(std::move(sink));
    run(sinks_.back());
  }
}

asio::awaitable<std::vector<std::string>> Dispatcher::flush(Instant deadline) {
  const auto busy = [](const Posted& posted) { return !posted.sink->is_idle(); };
  while (runtime::Clock::now() < deadline && std::any_of(sinks_.begin(), sinks_.end(), busy)) {
    // A timer of the loop; the sinks deliver meanwhile.
    co_await runtime::sleep_for(kGlance);
  }
  std::vector<std::string> left;
  for (const Posted& posted : sinks_) {
    if (busy(posted)) left.push_back(posted.sink->name());
  }
  co_return left;
}

const Dispatcher::Posted* Dispatcher::find(std::string_view name) const {
  const auto found =
      std::ranges::find(sinks_, name, [](const Posted& posted) { return posted.sink->name(); });
  return found == sinks_.end() ? nullptr : &*found;
}

}  // namespace sas::alerts
