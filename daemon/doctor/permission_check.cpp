// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "api/list_operation_process.hpp"
#include "api/list_operation_process_detail.hpp"
#include "doctor/identity_checks.hpp"
#include "doctor/phrases.hpp"
#include "doctor/service_checks.hpp"

namespace sas::doctor {
namespace {

// Said of the parameters of an action that is known and permitted.
bool is_about_parameters(const Error& error) {
  return error.cause == ErrorCause::parameter &&
         (error.code.starts_with("CspmParamIllegal") || error.code.starts_with("InvalidParameter") ||
          error.code.starts_with("MissingParameter"));
}

bool shows_permission(const Result<void>& called) {
  return called || is_about_parameters(called.error()) || called.error().cause == ErrorCause::contract;
}

std::string remedy_for_call(const Error& error) {
  if (std::string remedy = remedy_for_key(error); !remedy.empty()) return remedy;
  switch (error.cause) {
    case ErrorCause::throttled:
    case ErrorCause::suspended:
      return "Others use the account's quota up, a running exporter perhaps: lower "
             "poll.max_requests_per_second, raise poll.interval, or ask for a higher quota in Quota Center; "
             "then try again.";
    case ErrorCause::parameter:
    case ErrorCause::not_json:
      return "Check that site and endpoint name Security Center's OpenAPI (tds.….aliyuncs.com) and no other "
             "service.";
    default:
      return "Try again; if it stays, show the RequestId, where there is one, to the service's support.";
  }
}

std::string remedy_for_permission(Step step, std::string_view action, std::string_view who) {
  std::string remedy =
      fmt::format("Attach the policy below to {}: it needs yundun-sas:{}.",
                  who.empty() ? "the RAM user or role that the key belongs to" : who, action);
  if (step == Step::detail_permission)
    remedy += " Without it the exporter works, but cannot tell of subtasks that fail.";
  return remedy;
}

}  // namespace

Check permission_check(Step step, const Result<void>& called, std::string_view who) {
  const std::string_view action =
      step == Step::list_permission ? api::kListOperationProcess : api::kListOperationProcessDetail;
  Check check{.step = step, .facts = {{"action", action}, {"granted", nullptr}, {"code", nullptr}}};
  if (!called && !called.error().code.empty()) check.facts["code"] = called.error().code;
  if (shows_permission(called)) {
    check.finding = fmt::format("{} is granted", action);
    check.facts["granted"] = true;
    return check;
  }
  const Error error = called.error();
  check.status = step == Step::list_permission ? Status::failed : Status::warning;
  if (error.cause == ErrorCause::permission) {
    check.finding = fmt::format("{} is not granted: {}", action, told(error));
    check.remedy = remedy_for_permission(step, action, who);
    check.wants_policy = true;
    check.facts["granted"] = false;
    return check;
  }
  check.finding = fmt::format("{} could not be called: {}", action, told(error));
  check.remedy = remedy_for_call(error);
  return check;
}

}  // namespace sas::doctor
