// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where alerts and transitions go once they are decided: to each sink, in order.

#include <memory>
#include <vector>

#include "policy/alert_state.hpp"
#include "tasks/transition.hpp"

namespace sas::alerts {

class Sink {
 public:
  virtual ~Sink() = default;
  virtual void tell(const policy::AlertChange& change) = 0;
};

class Dispatcher {
 public:
  explicit Dispatcher(std::vector<std::unique_ptr<Sink>> sinks);
  void tell(const std::vector<policy::AlertChange>& changes);

 private:
  std::vector<std::unique_ptr<Sink>> sinks_;
};

}  // namespace sas::alerts
