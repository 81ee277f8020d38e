#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Each transition once: what the daemon told is compared with the simulated service's journal of what was true. Alerts
stand in the log once when they fire and once when they resolve."""

import collections
import json

from support.peers import Exporter, Simulator
from support.testcase import EndToEnd, logfmt, main
from support.truth import Steps, ended_lives, is_part, told_steps, true_steps
from support.wait import until

class Transitions(EndToEnd):
    def assert_all_told(self, simulator: Simulator, exporter: Exporter, wanted: int) -> None:
        """Until `wanted` tasks, born under the daemon's eyes, have ended: each of their steps was told, in order, once."""
        exporter.await_value(1, "up")
        known = set(true_steps(simulator))

        def ended() -> Steps | None:
            lives = ended_lives(simulator, known)
            return lives if len(lives) >= wanted else None

        lives = until(ended, f"{wanted} tasks have ended")
        until(
            lambda: all(len(told_steps([exporter.process])[task]) >= len(steps) for task, steps in lives.items()),
            f"the daemon has told of {len(lives)} tasks that ended",
        )
        told = told_steps([exporter.process])
        true = true_steps(simulator)
        for task, steps in lives.items():
            self.assertEqual(told[task], steps, task)
        for task, steps in told.items():
            self.assertTrue(is_part(steps, true[task]), f"{task}: told {steps}, true is {true[task]}")

    def test_a_busy_day_is_told_as_it_was(self) -> None:
        simulator = self.simulator("busy-day", time_scale=120)
        self.assert_all_told(simulator, self.exporter(simulator), wanted=10)

    def test_steps_between_two_looks_are_inferred(self) -> None:
        simulator = self.simulator("busy-day", time_scale=1200)
        exporter = self.exporter(simulator, poll={"interval": "2s", "idle_interval": "2s"})
        self.assert_all_told(simulator, exporter, wanted=15)
        observed = {logfmt(line)["observed"] for line in exporter.process.lines('msg="task transition"')}
        self.assertIn("inferred", observed)

    def test_the_counters_agree_with_the_log(self) -> None:
        simulator = self.simulator("timeouts", time_scale=120)
        exporter = self.exporter(simulator)
        self.assert_all_told(simulator, exporter, wanted=5)

        def agree() -> bool:
            lines = exporter.process.lines('msg="task transition"')
            counted = exporter.scrape().total("task_transitions_total")
            return len(lines) == counted == len(exporter.process.lines('msg="task transition"'))

        until(agree, "the log has as many transitions as the counters")

    def test_a_transitions_line_says_what_matters(self) -> None:
        simulator = self.simulator("timeouts", time_scale=120)
        exporter = self.exporter(simulator)
        exporter.process.await_line('msg="task transition".* to=(complete|timed_out)')
        ends = exporter.process.lines('msg="task transition".* to=(complete|timed_out)')
        fields = logfmt(ends[0])
        for field in ("target", "task_id", "task_type", "from", "to", "observed", "items", "items_finished", "request_id",
                      "duration_seconds"):  # fmt: skip
            self.assertTrue(fields.get(field), f"{field} in {ends[0]}")


class Alerts(EndToEnd):
    def count(self, exporter: Exporter) -> collections.Counter:
        return collections.Counter(
            (fields["msg"], fields["alert"], fields.get("task_id", ""))
            for fields in map(logfmt, exporter.process.lines('msg="alert (firing|resolved)"'))
        )

    def test_a_timed_out_task_alerts_once(self) -> None:
        simulator = self.simulator("timeouts", time_scale=120)
        exporter = self.exporter(simulator)
        line = exporter.process.await_line(r'.*msg="alert firing".*alert=timed_out.*')[0]
        fields = logfmt(line)
        for field in ("target", "task_id", "task_type", "items", "items_finished", "duration_seconds", "request_id"):
            self.assertTrue(fields.get(field), f"{field} in {line}")
        self.assertEqual((fields["target"], fields["status"], fields["level"]), ("production", "timed_out", "warn"))
        polls = exporter.scrape().total("polls_total", result="complete")
        samples = exporter.await_at_least(polls + 5, "polls_total", result="complete")
        self.assertGreaterEqual(samples.value("alerts_firing", target="production", alert="timed_out"), 1)
        for alert, times in self.count(exporter).items():
            self.assertEqual(times, 1, alert)

    def test_a_stalled_task_alerts_once_and_is_resolved_once(self) -> None:
        simulator = self.simulator("stall")
        exporter = self.exporter(simulator, alerts={"stalled_after": "2s"})
        exporter.process.await_line('msg="alert resolved".*alert=stalled')
        resolved = [key for key in self.count(exporter) if key[0] == "alert resolved"]
        for _, alert, task in resolved:
            self.assertEqual(self.count(exporter)["alert firing", alert, task], 1)
            self.assertEqual(self.count(exporter)["alert resolved", alert, task], 1)

    def test_json_lines_hold_the_same_fields(self) -> None:
        exporter = self.exporter(self.simulator("timeouts", time_scale=120), "--log.format=json")
        exporter.process.await_line(r'"msg":"alert firing".*"alert":"timed_out"')
        for line in exporter.process.text().splitlines():
            entry = json.loads(line)
            self.assertTrue({"level", "msg"} <= entry.keys(), line)


if __name__ == "__main__":
    main()
