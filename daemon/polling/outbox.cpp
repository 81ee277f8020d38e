// SPDX-License-Identifier: Apache-2.0
#include "polling/outbox.hpp"

#include <string_view>
#include <utility>
#include <variant>

namespace sas::polling {
namespace {

// Whom the copy is for that counts in the metrics; no sink can be called so.
constexpr std::string_view kMetrics = "/metrics";

}  // namespace

void Outbox::restore(std::vector<policy::News> untold, std::uint64_t last_number) {
  last_number_ = last_number;
  for (policy::News& news : untold) {
    if (news.sink == kMetrics || dispatcher_.knows(news.sink)) untold_.push_back(std::move(news));
  }
}

void Outbox::announce(const policy::Event& event) {
  if (std::holds_alternative<tasks::Transition>(event))
    untold_.push_back({.number = ++last_number_, .sink = std::string(kMetrics), .event = event});
  for (std::string& sink : dispatcher_.who_wants(event))
    untold_.push_back({.number = ++last_number_, .sink = std::move(sink), .event = event});
}

void Outbox::deliver(std::size_t most, const Told& told) {
  std::erase_if(*handed_out_, [](const auto& entry) { return entry.second.taken; });
  take_back();
  for (; most > 0 && !untold_.empty(); --most) {
    policy::News news = std::move(untold_.front());
    untold_.pop_front();
    const std::uint64_t number = news.number;
    if (news.sink == kMetrics) {
      count(std::get<tasks::Transition>(news.event));
      told(number);
      continue;
    }
    if (!dispatcher_.knows(news.sink)) {
      told(number);
      continue;
    }
    const auto entry = handed_out_->try_emplace(number, Handed{.news = std::move(news)}).first;
    const std::weak_ptr<HandedOut> weak = handed_out_;
    entry->second.post = dispatcher_.tell(target_, entry->second.news, [weak, number, told] {
      const auto handed_out = weak.lock();
      if (!handed_out) return;
      const auto handed = handed_out->find(number);
      if (handed == handed_out->end()) return;  // taken back meanwhile
      handed->second.taken = true;
      told(number);
    });
  }
}

// They are older than all that has not been handed out.
void Outbox::take_back() {
  for (auto entry = handed_out_->end(); entry != handed_out_->begin();) {
    --entry;
    if (dispatcher_.has(entry->second.post)) continue;
    untold_.push_front(std::move(entry->second.news));
    entry = handed_out_->erase(entry);
  }
}

void Outbox::count(const tasks::Transition& transition) {
  const std::string& type = transition.task.type;
  const std::string_view to = tasks::status_name(transition.to);
  metrics_.transition(type, tasks::status_name(transition.from), to, tasks::to_string(transition.observed));
  if (tasks::has_ended(transition.to)) {
    metrics_.task_ended(type, to, transition.duration, transition.task.end_time.value_or(transition.seen_at));
  }
}

}  // namespace sas::polling
