#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The budget of calls, counted where they arrive: never exceeded, whatever goes wrong, and nothing is called behind the
counters' back."""

import json

from support.peers import Simulator, target
from support.testcase import EndToEnd, main
from support.wait import until

SECOND = 0.999  # the simulated service notes milliseconds


LIST = "ListOperationProcess"
DETAIL = "ListOperationProcessDetail"


def arrivals(simulator: Simulator, *actions: str) -> list[float]:
    """When calls of these actions came, in seconds."""
    calls = map(json.loads, simulator.requests.read_text().split("\n")[:-1])
    return [call["real_now"] / 1000 for call in calls if call["action"] in actions]


class Budget(EndToEnd):
    def assert_within(self, simulator: Simulator, limit: int, calls: int, action: str = LIST) -> None:
        """No second in which the service counts sees more than the limit of the first `calls` calls of the action, and no more
        of the other action either: each has a budget."""
        until(lambda: len(arrivals(simulator, action)) >= calls, f"{calls} calls of {action} came")
        for each in (LIST, DETAIL):
            came = arrivals(simulator, each)
            for i in range(len(came) - limit):
                self.assertGreaterEqual(came[i + limit] - came[i], SECOND, f"{each}: calls {i} to {i + limit} of {came}")

    def test_paging_stays_within_it(self) -> None:
        simulator = self.simulator("many-tasks")
        self.exporter(simulator, poll={"interval": "100ms", "idle_interval": "100ms", "page_size": 20,
                                       "max_requests_per_second": 10})  # fmt: skip
        self.assert_within(simulator, 10, calls=50)

    def test_retries_stay_within_it(self) -> None:
        for fault in ("server-error", "reset", "truncated-body"):
            with self.subTest(fault):
                simulator = self.simulator(f"faults/{fault}")
                self.exporter(simulator, poll={"interval": "100ms", "idle_interval": "100ms", "max_retries": 10,
                                               "max_requests_per_second": 10})  # fmt: skip
                self.assert_within(simulator, 10, calls=40)

    def test_asking_for_subtasks_stays_within_it(self) -> None:
        simulator = self.simulator("failing-subtasks", time_scale=120)
        self.exporter(simulator, poll={"interval": "100ms", "idle_interval": "100ms", "max_requests_per_second": 5})
        self.assert_within(simulator, 5, calls=20, action=DETAIL)

    def test_targets_of_one_account_share_it(self) -> None:
        simulator = self.simulator("busy-day")
        exporter = self.exporter(
            simulator,
            targets=[target(simulator, name="first"), target(simulator, name="second")],
            poll={"interval": "100ms", "idle_interval": "100ms", "max_requests_per_second": 10},
        )
        for name in ("first", "second"):
            exporter.await_at_least(3, "polls_total", target=name, result="complete")
        self.assert_within(simulator, 10, calls=40)

    def test_a_throttled_account_recovers(self) -> None:
        simulator = self.simulator("throttled")
        exporter = self.exporter(simulator, poll={"interval": "500ms", "idle_interval": "500ms", "max_requests_per_second": 2})
        exporter.await_at_least(1, "api_throttled_total", target="production")
        exporter.await_at_least(3, "polls_total", target="production", result="complete")
        self.assert_within(simulator, 2, calls=10)

    def test_no_call_arrives_uncounted(self) -> None:
        for fault in ("chunked", "reset", "idle-connections-closed", "close-after-answer"):
            with self.subTest(fault):
                simulator = self.simulator(f"faults/{fault}")
                exporter = self.exporter(simulator)
                came = until(lambda: len(times) if len(times := arrivals(simulator, LIST, DETAIL)) >= 20 else None, "20 calls came")
                counted = exporter.scrape().total("api_requests_total")
                self.assertGreaterEqual(counted, came - 1, "one may still be under way")


if __name__ == "__main__":
    main()
