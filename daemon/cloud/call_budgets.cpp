// SPDX-License-Identifier: Apache-2.0
#include "cloud/call_budgets.hpp"

namespace sas::cloud {

std::shared_ptr<policy::CallBudget> CallBudgets::of(std::string_view access_key_id, std::string_view action) {
  const std::pair<std::string, std::string> key{access_key_id, action};
  if (const auto known = budgets_.find(key); known != budgets_.end())
    if (auto budget = known->second.lock()) return budget;

  std::erase_if(budgets_, [](const auto& entry) { return entry.second.expired(); });
  auto budget = std::make_shared<policy::CallBudget>(max_per_second_);
  budgets_[key] = budget;
  return budget;
}

void CallBudgets::follow(std::string_view old_id, std::string_view new_id) {
  const auto old = budgets_;
  for (const auto& [key, budget] : old) {
    if (key.first != old_id || budget.expired()) continue;
    auto& followed = budgets_[{std::string(new_id), key.second}];
    if (followed.expired()) followed = budget;
  }
}

}  // namespace sas::cloud
