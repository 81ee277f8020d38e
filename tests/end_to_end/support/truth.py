# SPDX-License-Identifier: Apache-2.0
"""What the simulated service's journal says happened, and what daemons told of it, in the same words."""

import collections
import json
from typing import Iterable

from support.peers import Simulator
from support.process import Process
from support.testcase import logfmt

STATUS = {0: "not_started", 1: "running", 2: "complete", 3: "timed_out"}
Step = tuple[str, str]
Steps = dict[str, list[Step]]


def whole(before: str, after: str) -> list[Step]:
    """A task that times out before it starts has one step or two, depending on who tells."""
    skipped = (before, after) == ("not_started", "timed_out")
    return [(before, "running"), ("running", after)] if skipped else [(before, after)]


def true_steps(simulator: Simulator) -> Steps:
    """Each task's steps, without its birth and its leaving the lists. Ids as they are shown."""
    steps: Steps = collections.defaultdict(list)
    for line in simulator.journal.read_text().split("\n")[:-1]:
        entry = json.loads(line)
        told = steps[entry["task_id"].strip()]
        if entry["from"] is not None and entry["to"] is not None:
            told += whole(STATUS[entry["from"]], STATUS[entry["to"]])
    return steps


NEWS = r'msg="(task transition|alert firing|alert resolved)"'
FACTS = ("msg", "target", "task_id", "alert", "from", "to")


def told_news(processes: Iterable[Process]) -> Iterable[dict[str, str]]:
    """What one daemon after the other told, each killed before the next began. Whoever is killed between writing a line and
    ticking it off, the system call that follows, has it told once more, first of all: so much may be, and no more."""
    not_ticked_off = None
    for process in processes:
        for number, line in enumerate(process.lines(NEWS)):
            fields = logfmt(line)
            fact = [fields.get(name) for name in FACTS]
            is_again = number == 0 and fact == not_ticked_off
            not_ticked_off = fact
            if not is_again:
                yield fields


def told_steps(processes: Iterable[Process], target: str | None = None) -> Steps:
    """Of one target, or of all together."""
    steps: Steps = collections.defaultdict(list)
    for fields in told_news(processes):
        if "from" in fields and target in (None, fields["target"]):
            steps[fields["task_id"]] += whole(fields["from"], fields["to"])
    return steps


def is_part(told: list[Step], true: list[Step]) -> bool:
    """Whether what was told stands in the truth in one piece: nothing invented, doubled, out of order or left out between."""
    return any(true[i : i + len(told)] == told for i in range(len(true) - len(told) + 1))


def ended_lives(simulator: Simulator, known: set[str]) -> Steps:
    """The whole lives of the tasks that have ended by now, without those known before."""
    return {
        task: steps
        for task, steps in true_steps(simulator).items()
        if task not in known and steps and steps[-1][1] in ("complete", "timed_out")
    }
