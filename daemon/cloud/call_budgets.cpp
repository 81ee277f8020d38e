// SPDX-License-Identifier: Apache-2.0
#include "cloud/call_budgets.hpp"

#include <chrono>
#include <utility>

#include "runtime/clock.hpp"

namespace sas::cloud {
namespace {

// Longer than any window or queue: by then a new one allows what the old one would.
constexpr std::chrono::hours kKept{1};

}  // namespace

std::shared_ptr<policy::CallBudget> CallBudgets::of(std::string_view access_key_id, std::string_view action) {
  const Instant now = runtime::Clock::now();
  const std::pair<std::string, std::string> key{access_key_id, action};
  const auto known = budgets_.find(key);
  if (known == budgets_.end()) {
    forget_old(now);
    Entry entry{.budget = std::make_shared<policy::CallBudget>(max_per_second_), .asked_for = now};
    return budgets_.emplace(key, std::move(entry)).first->second.budget;
  }
  known->second.asked_for = now;
  return known->second.budget;
}

void CallBudgets::change(double max_requests_per_second) {
  max_per_second_ = max_requests_per_second;
  for (auto& [key, entry] : budgets_)
    entry.budget->change(max_requests_per_second);
}

void CallBudgets::follow(std::string_view old_id, std::string_view new_id) {
  const Instant now = runtime::Clock::now();
  forget_old(now);
  const auto known = budgets_;
  for (const auto& [key, entry] : known)
    if (key.first == old_id)
      budgets_.try_emplace({std::string(new_id), key.second}, Entry{entry.budget, now});
}

void CallBudgets::forget_old(Instant now) {
  std::erase_if(budgets_, [now](const auto& entry) { return entry.second.asked_for + kKept <= now; });
}

}  // namespace sas::cloud
