// SPDX-License-Identifier: Apache-2.0
#include "alerts/delivery_queue.hpp"

#include <algorithm>
#include <utility>

#include "alerts/answer.hpp"
#include "policy/backoff.hpp"
#include "runtime/clock.hpp"
#include "runtime/timer.hpp"

namespace sas::alerts {

DeliveryQueue::DeliveryQueue(std::string name, Carrier& carrier, Habits habits, Surroundings surroundings)
    : name_(std::move(name)), carrier_(carrier), habits_(habits), surroundings_(std::move(surroundings)) {
  surroundings_.registry.knows_sink(name_);
}

void DeliveryQueue::add(Piece piece, Taken taken) {
  if (queue_.size() >= kMost) {
    if (!std::exchange(overflows_, true))
      surroundings_.log.warn("too much waits for a sink: what comes now is dropped",
                             {{"sink", name_}, {"waiting", queue_.size()}});
    tally(1, "dropped");
    taken();
    return;
  }
  queue_.push_back({.piece = std::move(piece), .taken = std::move(taken), .since = runtime::Clock::now()});
  surroundings_.registry.set_queue_length(name_, queue_.size());
  bell_.ring();
}

asio::awaitable<void> DeliveryQueue::run() {
  while (true) {
    const Instant next = queue_.empty() ? Instant::max() : next_;
    if (runtime::Clock::now() < next) {
      co_await bell_.wait_until(next);
    } else {
      co_await attempt();
    }
  }
}

asio::awaitable<void> DeliveryQueue::attempt() {
  const Batch batch = next_batch();
  const Instant deadline = runtime::Clock::now() + kDeadline;
  const Result<void> outcome =
      co_await runtime::with_deadline(carrier_.carry(batch), deadline, "the delivery");
  settle(batch.size(), outcome);
}

// What comes meanwhile is added at the end, and nothing else takes from the front.
Batch DeliveryQueue::next_batch() const {
  const std::size_t most = singly_ > 0 ? 1 : habits_.at_once;
  Batch batch;
  for (std::size_t i = 0; i < std::min(most, queue_.size()); ++i)
    batch.push_back(&queue_[i].piece);
  return batch;
}

void DeliveryQueue::settle(std::size_t count, const Result<void>& outcome) {
  next_ = runtime::Clock::now() + habits_.between;
  if (outcome) {
    recovered();
    tally(count, "ok");
    for (; count > 0; --count)
      pop_front()();
  } else if (outcome.error().kind == ErrorKind::give_up) {
    refused(count, outcome.error());
  } else {
    failed(count, outcome.error());
  }
}

void DeliveryQueue::refused(std::size_t count, const Error& error) {
  if (count > 1) {
    singly_ = count;
    tally(count, "failed");
    return;
  }
  failures_ = 0;
  drop_front(error);
}

void DeliveryQueue::failed(std::size_t count, const Error& error) {
  tally(count, "failed");
  ++failures_;
  const std::string reason = blame(error);
  const auto level = failures_ == 1 ? runtime::Level::warn : runtime::Level::debug;
  const std::initializer_list<runtime::Field> fields{
      {"sink", name_}, {"error", reason}, {"waiting", queue_.size()}};
  surroundings_.log.write(level, "a sink does not take its notifications", {fields.begin(), fields.size()});
  const Instant now = runtime::Clock::now();
  const Milliseconds wait =
      error.retry_after.value_or(policy::backoff({}, failures_, surroundings_.random()));
  next_ = std::max(next_, now + std::min(wait, kPatience));
  while (!queue_.empty() && now - queue_.front().since >= kPatience)
    drop_front(error);
}

void DeliveryQueue::drop_front(const Error& error) {
  const std::string reason = blame(error);
  const std::string news = describe(queue_.front().piece).summary;
  surroundings_.log.warn("notification dropped", {{"sink", name_}, {"error", reason}, {"news", news}});
  tally(1, "dropped");
  pop_front()();
}

Taken DeliveryQueue::pop_front() {
  Taken taken = std::move(queue_.front().taken);
  queue_.pop_front();
  if (singly_ > 0) --singly_;
  if (queue_.size() < kMost / 2) overflows_ = false;
  surroundings_.registry.set_queue_length(name_, queue_.size());
  return taken;
}

void DeliveryQueue::tally(std::size_t times, std::string_view result) {
  for (; times > 0; --times)
    surroundings_.registry.notification(name_, result);
}

void DeliveryQueue::recovered() {
  if (std::exchange(failures_, 0) > 0)
    surroundings_.log.info("a sink takes its notifications again", {{"sink", name_}});
}

}  // namespace sas::alerts
