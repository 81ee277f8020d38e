// SPDX-License-Identifier: Apache-2.0
#include "polling/state_keeper.hpp"

#include <limits>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "runtime/clock.hpp"
#include "runtime/elsewhere.hpp"

namespace sas::polling {
namespace {

// So much takes the loop for a millisecond or two: a line is encoded in about 0.2 µs, a piece of news told in
// ten or more.
constexpr tasks::Slot kLines = 5'000;
constexpr std::size_t kNews = 100;
constexpr std::size_t kAllNews = std::numeric_limits<std::size_t>::max();

// What there is not much of.
void add_few(snapshot::SectionText& text, const Pipeline& pipeline) {
  for (const auto& [type, history] : pipeline.alerts().runs().by_type())
    text.add(type, history);
  for (const auto& [number, handed] : pipeline.outbox().handed_out()) {
    if (!handed.taken) text.add(handed.news);
  }
}

// In slices, others having their turn in between.
asio::awaitable<snapshot::Section> encode(const Pipeline& pipeline) {
  const auto loop = co_await asio::this_coro::executor;
  snapshot::SectionText text(pipeline.mark());
  for (tasks::Slot slot = 0; slot < pipeline.table().slots();) {
    slot = text.add(pipeline.table(), slot, kLines);
    co_await asio::post(loop, asio::use_awaitable);
  }
  tasks::Slot lines = 0;
  for (const auto& [key, alert] : pipeline.alerts().state().firing()) {
    text.add(alert);
    if (++lines % kLines == 0) co_await asio::post(loop, asio::use_awaitable);
  }
  add_few(text, pipeline);
  for (const policy::News& news : pipeline.outbox().untold()) {
    text.add(news);
    if (++lines % kLines == 0) co_await asio::post(loop, asio::use_awaitable);
  }
  co_return std::move(text).finish();
}

}  // namespace

StateKeeper::StateKeeper(snapshot::Store* store, asio::any_io_executor worker, telemetry::Registry& registry,
                         runtime::Log& log)
    : store_(store), worker_(std::move(worker)), registry_(registry), log_(log) {}

asio::awaitable<std::vector<snapshot::TargetState>> StateKeeper::load(std::vector<std::string> targets) {
  std::vector<snapshot::TargetState> states;
  if (store_ == nullptr) co_return states;
  auto read = [this] { return store_->load(); };
  Result<std::vector<snapshot::TargetState>> loaded = co_await runtime::run_elsewhere(worker_, read);
  if (loaded) {
    auto drop_others = [this, targets] { return store_->keep_only(targets); };
    const Result<void> dropped = co_await runtime::run_elsewhere(worker_, drop_others);
    if (!dropped) tell_trouble(dropped.error());
    co_return std::move(*loaded);
  }
  const std::string error = to_string(loaded.error());
  auto move_away = [this] { return store_->set_aside(); };
  const Result<std::string> aside = co_await runtime::run_elsewhere(worker_, move_away);
  const std::string now_at = aside ? *aside : to_string(aside.error());
  log_.error("the state file cannot be read; starting from a baseline",
             {{"error", error}, {aside ? "moved_to" : "not_moved", now_at}});
  co_return states;
}

asio::awaitable<void> StateKeeper::keep(Pipeline& pipeline) {
  const auto loop = co_await asio::this_coro::executor;
  if (store_ != nullptr && pipeline.unsaved()) {
    const snapshot::Section section = co_await encode(pipeline);
    auto write = [this, &section] { return store_->write(section); };
    const Result<void> written = co_await runtime::run_elsewhere(worker_, write);
    note(written, pipeline);
  }
  deliver(pipeline, kNews);
  while (!pipeline.outbox().untold().empty()) {
    co_await asio::post(loop, asio::use_awaitable);
    deliver(pipeline, kNews);
  }
}

void StateKeeper::keep_now(Pipeline& pipeline) {
  if (store_ != nullptr && pipeline.unsaved()) {
    snapshot::SectionText text(pipeline.mark());
    text.add(pipeline.table(), 0, pipeline.table().slots());
    for (const auto& [key, alert] : pipeline.alerts().state().firing())
      text.add(alert);
    add_few(text, pipeline);
    for (const policy::News& news : pipeline.outbox().untold())
      text.add(news);
    note(store_->write(std::move(text).finish()), pipeline);
  }
  deliver(pipeline, kAllNews);
}

void StateKeeper::note(const Result<void>& written, Pipeline& pipeline) {
  pipeline.set_unsaved(!written);
  registry_.state_written(written ? "ok" : "failed", runtime::wall_now());
  if (!written) {
    tell_trouble(written.error());
  } else if (std::exchange(failing_, false)) {
    log_.info("the state file is written again", {});
  }
}

void StateKeeper::deliver(Pipeline& pipeline, std::size_t most) {
  pipeline.deliver(most, [this, target = pipeline.table().target()](std::uint64_t number) {
    if (store_ == nullptr) return;
    const Result<void> ticked = store_->told(target, number);
    if (!ticked) tell_trouble(ticked.error());
  });
}

// When it begins, not with every poll that it lasts.
void StateKeeper::tell_trouble(const Error& error) {
  if (std::exchange(failing_, true)) return;
  log_.error("the state file cannot be written; a restart would begin from an older state or a baseline",
             {{"error", to_string(error)}});
}

}  // namespace sas::polling
