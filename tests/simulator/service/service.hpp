// SPDX-License-Identifier: Apache-2.0
#pragma once
// Security Center's gateway and the two actions behind it: from a request to its answer. Times come in as
// values, so that a test can run it without sockets and on any clock.

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/access_key.hpp"
#include "base/time.hpp"
#include "simulator/scenario/scenario.hpp"
#include "simulator/service/call_counter.hpp"
#include "simulator/service/counts.hpp"
#include "simulator/service/fault_effects.hpp"
#include "simulator/service/fault_plan.hpp"
#include "simulator/service/message.hpp"
#include "simulator/service/percent.hpp"
#include "simulator/service/signature_check.hpp"
#include "simulator/world/world.hpp"

namespace sas::simulator {

class Service {
 public:
  Service(Scenario scenario, std::uint64_t seed, Time start, std::vector<AccessKey> keys);

  /// One key more that may sign.
  void know(AccessKey key) { signatures_.know(std::move(key)); }

  /// `exchange` is filled in for the log.
  Answer handle(const Request& request, const Now& now, Exchange& exchange);

  /// In place of those before. One with an expiration is taken until then, by the real time.
  void use_keys(std::vector<AccessKey> keys) { signatures_.use_keys(std::move(keys)); }

  /// The service's own clock, which a scenario may set wrong.
  [[nodiscard]] Time service_time(Time real) const { return real + scenario_.service.clock_offset; }

  /// Of all that was handled.
  const Counts& counts();

  [[nodiscard]] const Scenario& scenario() const { return scenario_; }
  World& world() { return world_; }

 private:
  Answer decide(const Request& request, const Now& now, Exchange& exchange);
  Answer serve_list(const Parameters& parameters, const Now& now, Exchange& exchange);
  Answer serve_detail(const Parameters& parameters, const Now& now, Exchange& exchange);
  Faults strike(std::int32_t page, const Now& now, Exchange& exchange);
  Answer fault_answer(const Fault& fault, Exchange& exchange) const;
  Answer refuse(const ApiError& error, Exchange& exchange) const;
  static Answer page_answer(std::string body, Exchange& exchange);
  static Answer finish(Answer answer, const Faults& faults);

  Scenario scenario_;
  std::uint64_t seed_;
  World world_;
  SignatureCheck signatures_;
  FaultPlan faults_;
  std::uint64_t serial_ = 0;  // of requests
  std::string host_;          // of the request in hand
  Counts counts_;
  std::map<std::string, CallCounter> calls_;  // by key and action
};

}  // namespace sas::simulator
