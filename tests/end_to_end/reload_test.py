#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The configuration changes while the daemon runs: by SIGHUP and by POST /-/reload, good files and bad ones, a thousand of
them. What is the same in them goes on as if nothing had been."""

import json
import os
import pathlib
import signal

from support.peers import EXPORTER, Exporter, Simulator, get, target
from support.testcase import EndToEnd, main
from support.truth import Steps, ended_lives, is_part, told_steps, true_steps
from support.wait import until


class ReloadTest(EndToEnd):
    def write(self, exporter: Exporter, change: dict) -> None:
        config = json.loads(exporter.config.read_text())
        for section, values in change.items():
            config[section] = config.get(section, {}) | values if isinstance(values, dict) else values
        exporter.config.write_text(json.dumps(config))

    def reload(self, exporter: Exporter, **change: object) -> None:
        self.write(exporter, change)
        answer = get(exporter.address, "/-/reload", method="POST")
        self.assertEqual(answer.status, 200, answer.text())

    def lists(self, simulator: Simulator) -> int:
        return sum(request["action"] == "ListOperationProcess" for request in simulator.answered())

    def connections(self, exporter: Exporter, simulator: Simulator) -> set[str]:
        """The daemon's sockets that are connected to the service, by inode."""
        process = pathlib.Path("/proc") / str(exporter.process.running.pid)
        port = f":{int(simulator.endpoint.rsplit(':', 1)[1]):04X}"
        rows = [line.split() for line in (process / "net" / "tcp").read_text().splitlines()[1:]]
        connected = {row[9] for row in rows if row[2].endswith(port) and row[3] == "01"}
        held = {os.readlink(file) for file in (process / "fd").iterdir()}
        return {inode for inode in connected if f"socket:[{inode}]" in held}

    def polls(self, exporter: Exporter, name: str) -> float:
        return exporter.scrape().value("polls_total", target=name, result="complete") or 0


class Reload(ReloadTest):
    def test_a_reload_is_asked_for_by_signal_or_by_post(self) -> None:
        exporter = self.exporter(self.simulator("busy-day"))
        self.assertEqual(exporter.await_value(1, "up").value("config_last_reload_successful"), 1)
        self.write(exporter, {"poll": {"interval": "400ms"}})
        exporter.process.send(signal.SIGHUP)
        exporter.process.await_line('msg="configuration reloaded"')
        self.reload(exporter, poll={"interval": "300ms"})
        self.assertEqual(len(exporter.process.lines('msg="configuration reloaded"')), 2)
        self.assertEqual(get(exporter.address, "/-/reload").status, 405)

    def test_a_bad_file_changes_nothing_and_is_told(self) -> None:
        exporter = self.exporter(self.simulator("busy-day"))
        exporter.await_value(1, "up")
        good = exporter.config.read_text()
        at = exporter.scrape().value("config_last_reload_success_timestamp_seconds")
        for bad, reason in (
            ("targets: [", "config.yml:"),
            (good.replace("500ms", "soon"), "poll.interval"),
            (json.dumps(json.loads(good) | {"state": {"file": str(self.directory / "elsewhere")}}), "state.file"),
        ):
            exporter.config.write_text(bad)
            answer = get(exporter.address, "/-/reload", method="POST")
            self.assertEqual(answer.status, 500)
            self.assertIn(reason, answer.text())
            samples = exporter.scrape()
            self.assertEqual(samples.value("config_last_reload_successful"), 0)
            self.assertEqual(samples.value("config_last_reload_success_timestamp_seconds"), at)
        exporter.process.send(signal.SIGHUP)
        until(lambda: len(exporter.process.lines('level=error msg="configuration not reloaded')) == 4, "each is in the log")
        polls = self.polls(exporter, "production")
        until(lambda: self.polls(exporter, "production") > polls + 2, "it goes on polling")
        exporter.config.write_text(good)
        self.reload(exporter)
        self.assertEqual(exporter.scrape().value("config_last_reload_successful"), 1)

    def test_targets_come_and_go_and_the_others_go_on(self) -> None:
        simulator = self.simulator("busy-day", time_scale=60)
        exporter = self.exporter(simulator)
        exporter.await_at_least(5, "polls_total", target="production", result="complete")
        one, two = target(simulator), target(simulator, name="second")
        self.reload(exporter, targets=[one, two])
        exporter.await_value(1, "up", target="second")
        self.assertGreaterEqual(self.polls(exporter, "production"), 5)
        self.assertEqual(get(exporter.address, "/-/ready").status, 200)
        self.reload(exporter, targets=[two])
        until(lambda: 'target="production"' not in exporter.get("/metrics").text(), "the series of the one that left go")
        exporter.await_value(1, "up", target="second")
        self.reload(exporter, targets=[two, one])
        exporter.await_value(1, "up", target="production")
        self.assertEqual(len(exporter.process.lines('msg="no longer watching" target=production')), 1)

    def test_another_endpoint_is_another_target(self) -> None:
        simulator, elsewhere = self.simulator("busy-day"), self.simulator("many-tasks", "--tasks=150")
        exporter = self.exporter(simulator)
        exporter.await_value(1, "up")
        self.reload(exporter, targets=[target(elsewhere)])
        exporter.await_value(1, "target_info", endpoint=elsewhere.endpoint)
        exporter.await_value(1, "up")
        self.assertEqual(len(exporter.scrape().find("target_info")), 1)
        polls = self.lists(simulator)
        self.reload(exporter, targets=[target(elsewhere)])
        exporter.await_at_least(5, "polls_total", target="production", result="complete")
        self.assertEqual(self.lists(simulator), polls, "nobody asks there any more")

    def test_addresses_and_paths_change_and_a_taken_address_changes_nothing(self) -> None:
        exporter = self.exporter(self.simulator("busy-day"))
        exporter.await_value(1, "up")
        self.reload(exporter, web={"listen_address": ["127.0.0.1:0", "127.0.0.2:0"], "telemetry_path": "/figures"})
        other = exporter.process.await_line(r"address=(127\.0\.0\.2:\d+)")[1]
        self.assertEqual(get(other, "/figures").status, 200)
        self.assertEqual(exporter.get("/figures").status, 200, "the address that stays is served on")
        self.assertEqual(exporter.get("/metrics").status, 404)
        taken = self.exporter(None, targets=json.loads(exporter.config.read_text())["targets"])
        self.write(exporter, {"web": {"listen_address": ["127.0.0.1:0", taken.address], "telemetry_path": "/metrics"}})
        self.assertEqual(get(exporter.address, "/-/reload", method="POST").status, 500)
        self.assertEqual(get(other, "/figures").status, 200, "it is all as it was")
        self.reload(exporter, web={"listen_address": ["127.0.0.1:0"], "telemetry_path": "/metrics"})
        with self.assertRaises(ConnectionError):
            get(other, "/metrics")
        self.assertEqual(exporter.get("/metrics").status, 200)

    def test_an_unchanged_target_keeps_its_connection_and_its_schedule(self) -> None:
        simulator = self.simulator("busy-day")
        exporter = self.exporter(simulator, poll={"interval": "1h", "idle_interval": "1h"})
        exporter.await_value(1, "up")
        asked, connected = self.lists(simulator), self.connections(exporter, simulator)
        self.assertTrue(connected)
        for number in range(20):
            self.reload(exporter, alerts={"stalled_after": "30m"}, log={"level": ("debug", "info")[number % 2]})
        self.assertEqual(self.polls(exporter, "production"), 1)
        self.assertEqual(self.lists(simulator), asked, "its next poll is not due")
        # What is changed takes effect at once.
        self.reload(exporter, poll={"interval": "200ms", "idle_interval": "200ms"})
        exporter.await_at_least(5, "polls_total", target="production", result="complete")
        self.assertEqual(self.connections(exporter, simulator), connected)


class Thousand(ReloadTest):
    def test_a_thousand_reloads_lose_nothing_and_leave_nothing_behind(self) -> None:
        simulator = self.simulator("busy-day", time_scale=60)
        state = self.directory / "state"
        exporter = self.exporter(simulator, state={"file": str(state)})
        exporter.await_value(1, "up")
        known = set(true_steps(simulator))
        good = json.loads(exporter.config.read_text())
        other = target(simulator, name="second")
        before = None
        for number in range(1000):
            if number == 100:
                before = self.held(exporter)
            if number % 2 == 1:
                exporter.config.write_text(("targets: [", json.dumps(good | {"poll": {"interval": "0s"}}))[number // 2 % 2])
                self.assertEqual(get(exporter.address, "/-/reload", method="POST").status, 500)
                continue
            targets = [good["targets"][0]] + ([other] if number // 2 % 2 else [])
            stalled = ("30m", "40m")[number // 4 % 2]  # under other limits each target goes on as well
            sinks = [{"type": "log"}] + ([{"type": "webhook", "url": "http://127.0.0.1:9/"}] if number // 2 % 3 else [])
            config = good | {"targets": targets, "alerts": {"stalled_after": stalled, "sinks": sinks}}
            exporter.config.write_text(json.dumps(config))
            answer = get(exporter.address, "/-/reload", method="POST")
            self.assertEqual(answer.status, 200, answer.text())
        exporter.config.write_text(json.dumps(good))
        self.assertEqual(get(exporter.address, "/-/reload", method="POST").status, 200)
        self.assert_nothing_is_left(exporter, before)
        self.assert_told_as_it_was(simulator, exporter, known)

    def held(self, exporter: Exporter) -> tuple[int, int]:
        """Open files, and resident kB."""
        process = pathlib.Path("/proc") / str(exporter.process.running.pid)
        resident = [line for line in (process / "status").read_text().splitlines() if line.startswith("VmRSS")]
        return len(os.listdir(process / "fd")), int(resident[0].split()[1])

    def assert_nothing_is_left(self, exporter: Exporter, before: tuple[int, int]) -> None:
        until(lambda: 'target="second"' not in exporter.get("/metrics").text(), "the second target has left")
        self.assertNotIn("webhook", exporter.get("/metrics").text())
        files, resident = before
        until(lambda: self.held(exporter)[0] <= files + 3, f"no more than about {files} files are open")
        if "asan" not in str(EXPORTER):  # whose memory grows by itself
            self.assertLess(self.held(exporter)[1], resident + 4096, "kB")

    def assert_told_as_it_was(self, simulator: Simulator, exporter: Exporter, known: set[str]) -> None:
        def of_production() -> Steps:
            return told_steps([exporter.process], target="production")

        until(lambda: len(ended_lives(simulator, known)) > 5, "tasks have ended")
        lives = ended_lives(simulator, known)
        until(
            lambda: all(len(of_production()[task]) >= len(steps) for task, steps in lives.items()),
            f"the daemon has told of {len(lives)} tasks that ended",
        )
        told, true = of_production(), true_steps(simulator)
        for task, steps in lives.items():
            self.assertEqual(told[task], steps, task)
        for task, steps in told.items():
            self.assertTrue(is_part(steps, true[task]), f"{task}: told {steps}, true is {true[task]}")


if __name__ == "__main__":
    main()
