// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where transitions and alerts go once they are decided: to every sink, in order.

#include <memory>
#include <string_view>
#include <vector>

#include "policy/alert_state.hpp"
#include "tasks/transition.hpp"

namespace sas::alerts {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void tell(std::string_view target, const tasks::Transition& transition) = 0;
  virtual void tell(const policy::AlertChange& change) = 0;
};

class Dispatcher {
 public:
  explicit Dispatcher(std::vector<std::unique_ptr<Sink>> sinks);
  void tell(std::string_view target, const tasks::Transition& transition);
  void tell(const policy::AlertChange& change);

 private:
  std::vector<std::unique_ptr<Sink>> sinks_;
};

}  // namespace sas::alerts
