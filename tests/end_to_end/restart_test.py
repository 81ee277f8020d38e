#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A daemon with a state file is killed again and again, at whatever moment: what all of them told together is what
happened, each step once."""

import json
import os
import signal

from support.peers import Exporter, Simulator
from support.testcase import EndToEnd, logfmt, main
from support.truth import ended_lives, is_part, told_news, told_steps, true_steps
from support.wait import until


class Restart(EndToEnd):
    def setUp(self) -> None:
        super().setUp()
        self.state = self.directory / "state"
        self.lives: list[Exporter] = []

    def begin(self, simulator: Simulator, **changes: object) -> Exporter:
        exporter = self.exporter(simulator, state={"file": str(self.state)}, **changes)
        self.lives.append(exporter)
        return exporter

    def kill(self, exporter: Exporter) -> None:
        exporter.process.send(signal.SIGKILL)
        exporter.process.wait()

    def told(self) -> int:
        return sum(len(steps) for steps in self.all_told().values())

    def all_told(self) -> dict:
        return told_steps(exporter.process for exporter in self.lives)

    def await_told(self, more: int) -> None:
        wanted = self.told() + more
        until(lambda: self.told() >= wanted, f"{more} more steps are told")

    def await_requests(self, simulator: Simulator, more: int) -> None:
        def count() -> int:
            return len(simulator.requests.read_text().splitlines())

        wanted = count() + more
        until(lambda: count() >= wanted, f"{more} more requests come in")

    def assert_told_as_it_was(self, simulator: Simulator, known: set[str], wanted: int) -> None:
        until(lambda: len(ended_lives(simulator, known)) >= wanted, f"{wanted} tasks have ended")
        lives = ended_lives(simulator, known)
        until(
            lambda: all(len(self.all_told()[task]) >= len(steps) for task, steps in lives.items()),
            f"the daemons have told of {len(lives)} tasks that ended",
        )
        told = self.all_told()
        true = true_steps(simulator)
        for task, steps in lives.items():
            self.assertEqual(told[task], steps, task)
        for task, steps in told.items():
            self.assertTrue(is_part(steps, true[task]), f"{task}: told {steps}, true is {true[task]}")

    def test_killed_again_and_again_they_tell_each_step_once(self) -> None:
        simulator = self.simulator("hostile-day", time_scale=60)
        exporter = self.begin(simulator)
        exporter.await_value(1, "up")
        known = set(true_steps(simulator))
        for number in range(10):
            if number % 2 == 0:
                self.await_told(1)  # while it tells, or right after
            else:
                self.await_requests(simulator, 1 + number)  # in the midst of a poll
            self.kill(exporter)
            if number % 3 == 0:
                more = len(ended_lives(simulator, known)) + 3
                until(lambda: len(ended_lives(simulator, known)) >= more, "tasks end while nobody looks")
            exporter = self.begin(simulator)
        self.assert_told_as_it_was(simulator, known, len(ended_lives(simulator, known)) + 5)
        self.assertTrue(exporter.process.lines("going on from the state file"))

    def test_what_happened_meanwhile_is_inferred(self) -> None:
        simulator = self.simulator("busy-day", time_scale=600)
        exporter = self.begin(simulator)
        exporter.await_value(1, "up")
        self.assertEqual(exporter.process.stop(), 0)
        known = set(true_steps(simulator))
        until(lambda: len(ended_lives(simulator, known)) >= 5, "tasks are born and die while nobody looks")
        exporter = self.begin(simulator)
        self.assert_told_as_it_was(simulator, known, 5)
        self.assertIn("inferred", {logfmt(line)["observed"] for line in exporter.process.lines("task transition")})

    def test_alerts_fire_once_across_restarts(self) -> None:
        simulator = self.simulator("timeouts", time_scale=120)
        exporter = self.begin(simulator)
        exporter.process.await_line('msg="alert firing".*alert=timed_out')
        self.kill(exporter)
        exporter = self.begin(simulator)
        exporter.await_at_least(5, "polls_total", result="complete")
        self.assertGreater(exporter.scrape().total("alerts_firing", alert="timed_out"), 0)
        told = told_news(life.process for life in self.lives)
        fired = [fields["task_id"] for fields in told if fields["msg"] == "alert firing" and fields["alert"] == "timed_out"]
        self.assertEqual(len(fired), len(set(fired)))

    def test_a_file_that_cannot_be_read_is_set_aside(self) -> None:
        self.state.write_text('{"not":"ours"}\n')
        exporter = self.begin(self.simulator("seed-sample"))
        exporter.await_value(1, "up")
        line = exporter.process.await_line("the state file cannot be read.*")[0]
        self.assertIn(f"{self.state}.unreadable", line)
        self.assertEqual((self.directory / "state.unreadable").read_text(), '{"not":"ours"}\n')
        exporter.await_at_least(1, "state_writes_total", result="ok")
        json.loads(self.state.read_text().splitlines()[0])

    def test_a_disk_that_cannot_be_written_costs_the_file_only(self) -> None:
        self.state = self.directory / "gone" / "state"
        simulator = self.simulator("busy-day", time_scale=120)
        exporter = self.begin(simulator)
        exporter.await_at_least(3, "state_writes_total", result="failed")
        self.assertEqual(len(exporter.process.lines("the state file cannot be written")), 1)
        self.await_told(2)
        self.state.parent.mkdir()
        exporter.await_at_least(1, "state_writes_total", result="ok")
        exporter.process.await_line("the state file is written again")
        self.assertTrue(os.path.exists(self.state))


if __name__ == "__main__":
    main()
