// SPDX-License-Identifier: Apache-2.0
#include "doctor/check.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

namespace sas::doctor {
namespace {

struct Need {
  Step step;
  Step needs;
};

constexpr auto kNeeds = std::to_array<Need>({
    {Step::dns, Step::settings},
    {Step::tcp, Step::dns},
    {Step::tls, Step::tcp},
    {Step::clock, Step::tls},
    {Step::credentials, Step::settings},
    {Step::identity, Step::credentials},
    {Step::list_permission, Step::tls},
    {Step::list_permission, Step::credentials},
    {Step::detail_permission, Step::tls},
    {Step::detail_permission, Step::credentials},
    {Step::detail_permission, Step::list_permission},
    {Step::page, Step::list_permission},
});

// Who may not list may still look at details: of all failures that one says nothing about the next call.
bool blocks(const Check& check, Step step) {
  if (check.status == Status::skipped) return true;
  return check.status == Status::failed && !(step == Step::detail_permission && check.wants_policy);
}

}  // namespace

Status worst(const Examination& examination) {
  Status worst = Status::ok;
  for (const Check& check : examination.checks)
    if (check.status != Status::skipped) worst = std::max(worst, check.status);
  return worst;
}

Status worst(const Report& report) {
  Status found = Status::ok;
  for (const Examination& examination : report)
    found = std::max(found, worst(examination));
  return found;
}

bool wants_policy(const Report& report) {
  return std::ranges::any_of(report, [](const Examination& examination) {
    return std::ranges::any_of(examination.checks, &Check::wants_policy);
  });
}

std::optional<Step> blocking(Step step, const std::vector<Check>& made) {
  for (const Need& need : kNeeds) {
    if (need.step != step) continue;
    const auto check = std::ranges::find(made, need.needs, &Check::step);
    if (check != made.end() && blocks(*check, step)) return check->blocked_by.value_or(check->step);
  }
  return std::nullopt;
}

Check skipped(Step step, Step because) {
  return {.step = step,
          .status = Status::skipped,
          .finding = fmt::format("needs {} first", name_of(because)),
          .blocked_by = because};
}

}  // namespace sas::doctor
