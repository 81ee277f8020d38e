// SPDX-License-Identifier: Apache-2.0
#include "alerts/event_json.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/alert_builder.hpp"

namespace sas::alerts {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using policy::Alert;
using support::kNoon;

const std::string kRunbooks = "https://example.com/";

json::value as_json(const Piece& piece) {
  return json::parse(event_json(piece, kRunbooks));
}

Piece alert(policy::AlertChange change) {
  return {.target = change.target, .event = std::move(change)};
}

Piece step() {
  return {.target = "production",
          .event = tasks::Transition{.task = support::complete("a\n").items(9, 9).ended(kNoon),
                                     .from = tasks::kRunning,
                                     .to = tasks::kComplete,
                                     .observed = tasks::Observed::inferred,
                                     .seen_at = kNoon + 1s,
                                     .duration = 1'500ms,
                                     .request_id = "R-2"}};
}

TEST(EventJson, AnAlertOfATaskHasAllThatIsKnown) {
  policy::Evidence evidence{
      .tracked = support::with_subtasks(
          support::seen_at_noon(
              support::timed_out("3d\n").source("manual").subtasks(5, 10).started(kNoon - 2h)),
          {.by_status = {0, 0, 3, 1, 1, 0}, .failed = {{.id = "d-7", .checks = {"MFA"}}}})};
  const Piece piece = alert(support::firing(Alert::timed_out, "3d\n", std::move(evidence)));
  const json::value expected = json::parse(R"({
    "version": 1,
    "key": ")" + idempotency_key(piece) + R"(",
    "target": "production",
    "summary": "Task 3d (CHECK_ALL) of production timed out",
    "description": "It ended at 2026-01-02T12:00:00Z, after 2h. Done: 5 of 10 subtasks. 1 subtask failed: d-7: MFA.",
    "alert": {
      "name": "timed_out",
      "status": "firing",
      "labels": {"alertname": "SasTaskTimedOut", "severity": "warning", "target": "production", "task_id": "3d",
                 "task_type": "CHECK_ALL"},
      "since": "2026-01-02T12:00:00.000Z",
      "decided_at": "2026-01-02T12:00:00.000Z",
      "subtasks": {"by_status": {"not_started": 0, "running": 0, "complete": 3, "timed_out": 1, "failed": 1,
                                 "unknown": 0},
                   "failed": [{"id": "d-7", "checks": ["MFA"]}]},
      "runbook_url": "https://example.com/SasTaskTimedOut.md"
    },
    "task": {"id": "3d", "type": "CHECK_ALL", "source": "manual", "status": "timed_out", "subtasks": 10,
             "subtasks_ready": 5, "created_at": "2026-01-02T12:00:00.000Z",
             "started_at": "2026-01-02T10:00:00.000Z"},
    "request_id": "R-1"
  })");
  EXPECT_EQ(as_json(piece), expected) << event_json(piece, kRunbooks);
}

TEST(EventJson, AnAlertOfATargetHasItsCause) {
  const json::value event = as_json(alert(support::firing(
      Alert::poll_failing, "",
      {.cause = "network", .detail = "timeout: \"x\"\n", .moment = kNoon - 5min, .limit = 300'500ms})));
  EXPECT_FALSE(event.as_object().contains("task"));
  EXPECT_EQ(event.at("alert").at("cause"), "network");
  EXPECT_EQ(event.at("alert").at("detail"), "timeout: \"x\"\n");
  EXPECT_EQ(event.at("alert").at("failing_since"), "2026-01-02T11:55:00.000Z");
  EXPECT_EQ(event.at("alert").at("limit_seconds"), 300.5);
}

TEST(EventJson, ATransitionIsAStepOfATask) {
  const json::value expected = json::parse(R"({
    "version": 1,
    "key": ")" + idempotency_key(step()) + R"(",
    "target": "production",
    "summary": "Task a (CHECK_ALL) of production has completed",
    "description": "From running to complete, seen at 2026-01-02T12:00:01Z. It happened between two looks. It ran for 1s. Done: 9 of 9 items.",
    "transition": {"from": "running", "to": "complete", "observed": "inferred",
                   "seen_at": "2026-01-02T12:00:01.000Z", "duration_seconds": 1.5},
    "task": {"id": "a", "type": "CHECK_ALL", "status": "complete", "items": 9, "items_finished": 9,
             "created_at": "2026-01-02T12:00:00.000Z", "ended_at": "2026-01-02T12:00:00.000Z"},
    "request_id": "R-2"
  })");
  EXPECT_EQ(as_json(step()), expected) << event_json(step(), kRunbooks);
}

TEST(EventJson, WithoutAPrefixThereIsNoRunbook) {
  const json::value event = json::parse(event_json(alert(support::stalled("a")), ""));
  EXPECT_FALSE(event.at("alert").as_object().contains("runbook_url"));
}

// Computed with hashlib of Python's standard library: receivers know what they had before an update.
TEST(IdempotencyKey, IsTheHashOfWhatMakesThePiece) {
  // ["alert","production","stalled","3d",1767355200000,"firing"]
  EXPECT_EQ(idempotency_key(alert(support::stalled("3d\n"))),
            "8cfd3267952a19e8dc7d130aca395cb4f0678270c5fee397fbeae09d627482bb");
  // ["transition","production","a",1,2,1767355201000]
  EXPECT_EQ(idempotency_key(step()), "2ee03c538eaa209a3e6e08170b1ab6cb0270e743321eb1664bf2f43667e924b2");
}

TEST(IdempotencyKey, StaysWhenMoreIsKnownAndChangesWithTheFact) {
  const policy::AlertChange change = support::stalled("a");
  const std::string key = idempotency_key(alert(change));
  policy::AlertChange later = change;
  later.request_id = "R-9";
  later.at += 5min;
  later.evidence.tracked->task.finish_count = 7;
  EXPECT_EQ(idempotency_key(alert(later)), key);
  EXPECT_NE(idempotency_key(alert(support::resolved(change))), key);
  EXPECT_NE(idempotency_key(alert(support::stalled("b"))), key);
  later = change;
  later.since += 1ms;
  EXPECT_NE(idempotency_key(alert(later)), key);
  later = change;
  later.target = "staging";
  EXPECT_NE(idempotency_key(alert(later)), key);
  later = change;
  later.alert = Alert::running_longer_than;
  EXPECT_NE(idempotency_key(alert(later)), key);
}

}  // namespace
}  // namespace sas::alerts
