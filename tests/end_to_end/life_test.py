#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Start and stop: ready when it has tried, ended in order and in time, whatever it is busy with."""

import signal

from support.testcase import EndToEnd, main
from support.wait import until

PROMISED = 5  # seconds from a signal to the end


class Life(EndToEnd):
    def ends_in_time(self, exporter, number: signal.Signals) -> None:
        exporter.process.send(number)
        self.assertEqual(exporter.process.wait(PROMISED), 0)

    def test_sigterm_and_sigint_end_it(self) -> None:
        simulator = self.simulator("busy-day")
        for number in (signal.SIGTERM, signal.SIGINT):
            exporter = self.exporter(simulator)
            exporter.await_value(1, "up")
            self.ends_in_time(exporter, number)

    def test_a_signal_ends_it_while_the_service_hangs(self) -> None:
        exporter = self.exporter(self.simulator("faults/hang"), poll={"request_timeout": "1m"})
        self.ends_in_time(exporter, signal.SIGTERM)

    def test_it_is_healthy_at_once_and_ready_after_the_first_poll(self) -> None:
        exporter = self.exporter(self.simulator("seed-sample"))
        self.assertEqual(exporter.get("/-/healthy").status, 200)
        until(lambda: exporter.get("/-/ready").status == 200, "it is ready")
        self.assertGreaterEqual(exporter.scrape().total("polls_total"), 1)

    def test_metrics_are_there_before_any_answer_of_the_service(self) -> None:
        exporter = self.exporter(self.simulator("faults/hang"), poll={"request_timeout": "1m"})
        samples = exporter.scrape()
        self.assertEqual(samples.value("up", target="production"), 0)
        self.assertEqual(samples.value("polls_total", target="production", result="complete"), 0)
        self.assertEqual(exporter.get("/-/ready").status, 503)

    def test_a_port_in_use_is_told_and_is_no_success(self) -> None:
        first = self.exporter(self.simulator("seed-sample"))
        second = self.start("exporter", [first.process.running.args[0], f"--config.file={first.config}",
                                         f"--web.listen-address={first.address}"])  # fmt: skip
        self.assertEqual(second.wait(), 1)
        self.assertRegex(second.text(), f"(?i){first.address}.*in use|in use.*{first.address}")


if __name__ == "__main__":
    main()
