// SPDX-License-Identifier: Apache-2.0
#pragma once
// One call budget for each account and action, whoever calls: targets that share an access key share its
// budgets.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.hpp"
#include "policy/call_budget.hpp"

namespace sas::cloud {

class CallBudgets {
 public:
  explicit CallBudgets(double max_requests_per_second) : max_per_second_(max_requests_per_second) {}

  /// Another limit for all of them, those in use included.
  void change(double max_requests_per_second);

  /// Also while nobody holds it, it is there for whoever asks next. After an hour in which nobody has asked
  /// it is forgotten, so keys that have been replaced leave nothing behind.
  std::shared_ptr<policy::CallBudget> of(std::string_view access_key_id, std::string_view action);

  /// The account has a new key, as temporary ones are replaced: its calls go on in the budgets of the old
  /// one, since the service counts by account. A key that is in use already keeps its own.
  void follow(std::string_view old_id, std::string_view new_id);

  [[nodiscard]] std::size_t size() const { return budgets_.size(); }

 private:
  struct Entry {
    std::shared_ptr<policy::CallBudget> budget;
    Instant asked_for;  // last
  };

  void forget_old(Instant now);

  double max_per_second_;
  std::map<std::pair<std::string, std::string>, Entry> budgets_;
};

}  // namespace sas::cloud
