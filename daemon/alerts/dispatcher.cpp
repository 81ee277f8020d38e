// SPDX-License-Identifier: Apache-2.0
#include "alerts/dispatcher.hpp"

#include <utility>

namespace sas::alerts {

Dispatcher::Dispatcher(std::vector<std::unique_ptr<Sink>> sinks) : sinks_(std::move(sinks)) {}

void Dispatcher::tell(std::string_view target, const tasks::Transition& transition) {
  for (const auto& sink : sinks_)
    sink->tell(target, transition);
}

void Dispatcher::tell(const policy::AlertChange& change) {
  for (const auto& sink : sinks_)
    sink->tell(change);
}

}  // namespace sas::alerts
