// SPDX-License-Identifier: Apache-2.0
#pragma once
// What an examination of a target finds, check by check.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

namespace sas::doctor {

/// In the order in which they are made and told.
enum class Step : std::uint8_t {
  settings,
  dns,
  tcp,
  tls,
  clock,
  credentials,
  identity,
  list_permission,    // for ListOperationProcess
  detail_permission,  // for ListOperationProcessDetail
  page,
  budget,
};

inline constexpr std::array<std::string_view, 11> kStepNames{
    "settings",          "dns",  "tcp",   "tls", "clock", "credentials", "identity", "list_permission",
    "detail_permission", "page", "budget"};

constexpr std::string_view name_of(Step step) {
  return kStepNames[static_cast<std::size_t>(step)];
}

/// From good to bad.
enum class Status : std::uint8_t {
  ok,
  skipped,  // an earlier one has to succeed first
  warning,  // the exporter works, but somebody should look
  failed,
};

inline constexpr std::array<std::string_view, 4> kStatusNames{"ok", "skipped", "warning", "failed"};

constexpr std::string_view name_of(Status status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

struct Check {
  Step step = Step::settings;
  Status status = Status::ok;
  std::string finding = {};             // a sentence without its full stop; never a secret
  std::string remedy = {};              // what to do; whole sentences; empty where all is well
  std::optional<Step> blocked_by = {};  // of a skipped one
  bool wants_policy = false;            // the least RAM policy is the remedy
  boost::json::object facts = {};       // for programs
};

/// All steps of one target, in their order.
struct Examination {
  std::string target;
  std::string endpoint;
  std::vector<Check> checks;
};

using Report = std::vector<Examination>;

/// `skipped` is no finding of its own: what blocks it is.
Status worst(const Examination& examination);
Status worst(const Report& report);

bool wants_policy(const Report& report);

/// Which of the steps that `step` needs did not succeed: the one that failed first. Nothing: it can be made.
std::optional<Step> blocking(Step step, const std::vector<Check>& made);

Check skipped(Step step, Step because);

}  // namespace sas::doctor
