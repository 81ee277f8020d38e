// SPDX-License-Identifier: Apache-2.0
#include "alerts/alertmanager_json.hpp"

#include <algorithm>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "policy/alert_text.hpp"

namespace sas::alerts {
namespace {

namespace json = boost::json;

json::object annotations(const policy::AlertChange& change, std::string_view runbooks) {
  const policy::Wording wording = policy::describe(change);
  json::object object{{"summary", json::string(wording.summary)},
                      {"description", json::string(wording.description)}};
  const std::string runbook = policy::runbook_url(runbooks, change.alert);
  if (!runbook.empty()) object.emplace("runbook_url", runbook);
  return object;
}

json::object postable(const HeldAlert& alert, Time until, std::string_view runbooks) {
  const policy::AlertChange& change = alert.change;
  const bool is_over = change.status == policy::AlertStatus::resolved;
  // An end before the start is refused; a clock that was set back may make one.
  const Time end = is_over ? std::max(change.at, change.since) : until;
  json::object labels;
  for (const auto& [name, value] : alert.labels)
    labels.emplace(name, value);
  return {{"startsAt", json::string(format_milliseconds(change.since))},
          {"endsAt", json::string(format_milliseconds(end))},
          {"labels", std::move(labels)},
          {"annotations", annotations(change, runbooks)}};
}

}  // namespace

std::string postable_alerts(std::span<const std::reference_wrapper<const HeldAlert>> alerts, Time until,
                            std::string_view runbooks) {
  json::array all;
  all.reserve(alerts.size());
  for (const HeldAlert& alert : alerts)
    all.push_back(postable(alert, until, runbooks));
  return json::serialize(all);
}

}  // namespace sas::alerts
