#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Most faults at once, a little of each, so that some answers suffer from several."""

from support.testcase import EndToEnd, main


class HostileDay(EndToEnd):
    def test_polls_go_on_completing_and_nothing_is_an_error(self) -> None:
        exporter = self.exporter(self.simulator("hostile-day", time_scale=20), poll={"interval": "200ms", "max_retries": 5})
        exporter.await_at_least(30, "polls_total", result="complete")
        exporter.await_value(1, "up")
        for line in exporter.process.lines("level=error"):
            self.fail(line)


if __name__ == "__main__":
    main()
