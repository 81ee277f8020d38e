#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The budget of calls, counted by the service itself, in any window of one second: never exceeded, whatever goes wrong."""

from support.peers import target
from support.testcase import EndToEnd, main


class Budget(EndToEnd):
    def assert_within(self, simulator, limit: int) -> None:
        counted = simulator.status()["most_calls_in_a_second"]
        self.assertTrue(counted)
        for key_and_action, most in counted.items():
            self.assertLessEqual(most, limit, key_and_action)
            self.assertGreater(most, 0, key_and_action)

    def test_paging_stays_within_it(self) -> None:
        simulator = self.simulator("many-tasks")
        exporter = self.exporter(simulator, poll={"interval": "100ms", "idle_interval": "100ms", "page_size": 20,
                                                  "max_requests_per_second": 5})  # fmt: skip
        exporter.await_at_least(20, "api_requests_total", code="OK")
        self.assert_within(simulator, 5)

    def test_retries_stay_within_it(self) -> None:
        simulator = self.simulator("faults/server-error")
        exporter = self.exporter(simulator, poll={"interval": "100ms", "idle_interval": "100ms", "max_retries": 10,
                                                  "max_requests_per_second": 4})  # fmt: skip
        exporter.await_at_least(6, "api_requests_total", code="ServerError")
        self.assert_within(simulator, 4)

    def test_targets_of_one_account_share_it(self) -> None:
        simulator = self.simulator("busy-day")
        exporter = self.exporter(
            simulator,
            targets=[target(simulator, name="first"), target(simulator, name="second")],
            poll={"interval": "100ms", "idle_interval": "100ms", "max_requests_per_second": 6},
        )
        for name in ("first", "second"):
            exporter.await_at_least(3, "polls_total", target=name, result="complete")
        self.assert_within(simulator, 6)

    def test_a_throttled_account_recovers_and_obeys(self) -> None:
        simulator = self.simulator("throttled")
        exporter = self.exporter(simulator, poll={"interval": "500ms", "idle_interval": "500ms", "max_requests_per_second": 2})
        exporter.await_at_least(1, "api_throttled_total", target="production")
        exporter.await_at_least(3, "polls_total", target="production", result="complete")
        self.assert_within(simulator, 2)


if __name__ == "__main__":
    main()
