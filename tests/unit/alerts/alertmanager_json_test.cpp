// SPDX-License-Identifier: Apache-2.0
#include "alerts/alertmanager_json.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include "support/alert_builder.hpp"

namespace sas::alerts {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using support::kNoon;

json::value postable(policy::AlertChange change, std::string_view runbooks = {}) {
  HeldAlerts held;
  held.put(std::move(change), Instant{});
  return json::parse(postable_alerts(held.select(0, true), kNoon + 4min, runbooks));
}

TEST(AlertmanagerJson, WhatFiresEndsUnlessMoreIsSaid) {
  const json::value expected = json::parse(R"([{
    "startsAt": "2026-01-02T12:00:00.000Z",
    "endsAt": "2026-01-02T12:04:00.000Z",
    "labels": {"alertname": "SasTaskStalled", "severity": "warning", "target": "production", "task_id": "a",
               "task_type": "CHECK_ALL"},
    "annotations": {
      "summary": "Task a (CHECK_ALL) of production makes no progress",
      "description": "Neither its items nor its subtasks have moved since 2026-01-02T12:00:00Z; it has been running for 0s.",
      "runbook_url": "https://example.com/SasTaskStalled.md"}
  }])");
  EXPECT_EQ(postable(support::stalled("a"), "https://example.com/"), expected);
}

TEST(AlertmanagerJson, WhatIsOverEndedWhenItWasSeenToBe) {
  const json::value alert = postable(support::resolved(support::stalled("a"))).at(0);
  EXPECT_EQ(alert.at("startsAt"), "2026-01-02T12:00:00.000Z");
  EXPECT_EQ(alert.at("endsAt"), "2026-01-02T12:10:00.000Z");
  EXPECT_FALSE(alert.at("annotations").as_object().contains("runbook_url"));
}

TEST(AlertmanagerJson, NoAlertEndsBeforeItBegan) {
  policy::AlertChange change = support::resolved(support::stalled("a"));
  change.at = change.since - 1h;
  EXPECT_EQ(postable(change).at(0).at("endsAt"), "2026-01-02T12:00:00.000Z");
}

}  // namespace
}  // namespace sas::alerts
