// SPDX-License-Identifier: Apache-2.0
#pragma once
// A report with everything that a report can have in it.

#include "doctor/check.hpp"

namespace sas::doctor {

inline Report sample_report() {
  const Check dns{.step = Step::dns, .finding = "a is at 192.0.2.1", .facts = {{"peer", "a"}}};
  const Check clock{.step = Step::clock,
                    .status = Status::warning,
                    .finding = "this machine's clock is 2m behind the service's",
                    .remedy = "Set it.",
                    .facts = {{"skew_seconds", 120}}};
  const Check list{.step = Step::list_permission,
                   .status = Status::failed,
                   .finding = "ListOperationProcess is not granted",
                   .remedy = "Attach the policy below to whoever it is, and then wait for a minute or two.",
                   .wants_policy = true,
                   .facts = {{"granted", false}}};
  return {{.target = "production", .endpoint = "https://a", .checks = {dns, clock}},
          {.target = "staging",
           .endpoint = "https://b",
           .checks = {dns, list, skipped(Step::page, Step::list_permission)}}};
}

}  // namespace sas::doctor
