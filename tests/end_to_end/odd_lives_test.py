#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Lives that no documentation rules out: back to running, back to waiting, unknown in between, gone and back. Each step is
told once, as it was."""

import collections
import json

from support.peers import Simulator
from support.testcase import EndToEnd, logfmt, main
from support.truth import STATUS, Step, Steps
from support.wait import until

WORDS = STATUS | {7: "unknown", None: "vanished"}
ODD_WAYS = {
    "not_started running timed_out complete",
    "not_started running complete running complete",
    "not_started running not_started running complete",
    "not_started running unknown complete",
    "not_started running vanished",
    "not_started running vanished running complete",
    "not_started vanished",
}


def way(steps: list[Step]) -> str:
    return " ".join([before for before, _ in steps[:1]] + [after for _, after in steps])


def true_lives(simulator: Simulator) -> Steps:
    """Each task's steps, also those out of the lists and back into them, but not its birth."""
    lives: Steps = collections.defaultdict(list)
    born = set()
    for line in simulator.journal.read_text().split("\n")[:-1]:
        entry = json.loads(line)
        task = entry["task_id"]
        if task in born:
            lives[task].append((WORDS[entry["from"]], WORDS[entry["to"]]))
        born.add(task)
    return {task: lives[task] for task in born}


class OddLives(EndToEnd):
    def test_are_told_as_they_were(self) -> None:
        simulator = self.simulator("odd-lives", time_scale=40, seed=2)  # of the first seeds the one that has all soonest
        exporter = self.exporter(simulator, poll={"interval": "300ms", "idle_interval": "300ms"})
        exporter.await_value(1, "up")
        known = set(true_lives(simulator))

        def told_lives() -> Steps:
            lives: Steps = collections.defaultdict(list)
            for line in exporter.process.lines('msg="task transition"'):
                fields = logfmt(line)
                if fields["task_id"] not in known:
                    lives[fields["task_id"]].append((fields["from"], fields["to"]))
            return lives

        until(lambda: ODD_WAYS <= {way(steps) for steps in told_lives().values()}, "every odd way has been told")
        told = told_lives()
        true = true_lives(simulator)
        for task, steps in told.items():
            self.assertEqual(steps, true[task][: len(steps)], task)


if __name__ == "__main__":
    main()
