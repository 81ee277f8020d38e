#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The installed package as a service of a real systemd: how it starts, tells, is watched, dies, comes back and stops."""

import json
import re
import shutil
import unittest

from support import machine
from support.machine import Machine
from support.peers import ACCESS_KEY_ID, ACCESS_KEY_SECRET, Answer, Simulator, get
from support.samples import Samples
from support.testcase import EndToEnd, logfmt, main
from support.truth import ended_lives, is_part, told_steps, true_steps
from support.wait import until

ADDRESS = "127.0.0.1:10973"  # the default's; the network is our own
UNIT = "sas-operation-exporter.service"
CONFIG = "/etc/sas-operation-exporter/config.yml"
ENVIRONMENT = "/etc/default/sas-operation-exporter"
STATE = "/var/lib/private/sas-operation-exporter/state"  # what /var/lib/sas-operation-exporter leads to
DROP_INS = f"/etc/systemd/system/{UNIT}.d"
# As the unit's comments say it.
CREDENTIALS = """[Service]
LoadCredential=access_key_id:/etc/sas-operation-exporter/access_key_id
LoadCredential=access_key_secret:/etc/sas-operation-exporter/access_key_secret
"""
QUICK = """[Service]
WatchdogSec=2s
RestartSec=100ms
"""


class Life:
    """What one process of the service wrote, as support.truth reads it."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def lines(self, pattern: str) -> list[str]:
        return [message for message in self.messages if re.search(pattern, message)]


class Service(EndToEnd):
    machine: Machine
    environment: str

    @classmethod
    def setUpClass(cls) -> None:
        package = machine.enter()
        cls.machine = Machine(package)
        cls.addClassCleanup(cls.machine.stop)
        cls.machine.install(package)
        cls.environment = cls.machine.read(ENVIRONMENT)

    def setUp(self) -> None:
        super().setUp()
        self.machine.run("systemctl", "stop", UNIT)
        self.machine.run("systemctl", "reset-failed", UNIT, check=False)
        shutil.rmtree(self.machine.root / DROP_INS.lstrip("/"), ignore_errors=True)
        for path in (self.machine.root / "var/lib/private/sas-operation-exporter").glob("*"):
            path.unlink()
        self.machine.write(ENVIRONMENT, self.environment)
        self.drop_in("credentials", CREDENTIALS)
        self.drop_in("quick", QUICK)
        self.machine.write("/etc/sas-operation-exporter/access_key_id", ACCESS_KEY_ID, mode=0o600)
        self.machine.write("/etc/sas-operation-exporter/access_key_secret", ACCESS_KEY_SECRET, mode=0o600)
        # Not by --after-cursor, which leaves out the first entry that a filter finds.
        self.since = self.machine.run("date", "+@%s.%6N").strip()

    def run(self, result: unittest.TestResult | None = None) -> unittest.TestResult | None:
        result = result or self.defaultTestResult()
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            print(self.machine.run("journalctl", "--no-pager", "--lines=60", "--output=short-monotonic"))
        return result

    def drop_in(self, name: str, text: str) -> None:
        self.machine.write(f"{DROP_INS}/{name}.conf", text)
        self.machine.run("systemctl", "daemon-reload")

    def configure(self, simulator: Simulator, **changes: object) -> None:
        self.machine.write("/etc/sas-operation-exporter/ca.pem", simulator.ca_file.read_text())
        target = {
            "name": "production",
            "endpoint": simulator.endpoint,
            "ca_file": "/etc/sas-operation-exporter/ca.pem",
            "credentials": {
                "type": "access_key",
                "access_key_id_file": "${CREDENTIALS_DIRECTORY}/access_key_id",
                "access_key_secret_file": "${CREDENTIALS_DIRECTORY}/access_key_secret",
            },
        }
        config = {
            "targets": [target | changes.pop("target", {})],
            "poll": {"interval": "500ms", "idle_interval": "500ms", "request_timeout": "2s", "max_requests_per_second": 20},
            "state": {"file": "/var/lib/sas-operation-exporter/state"},
        }
        self.machine.write(CONFIG, json.dumps(config | changes))

    def begin(self, scenario: str = "busy-day", time_scale: float = 60, **changes: object) -> Simulator:
        simulator = self.simulator(scenario, time_scale=time_scale)
        self.configure(simulator, **changes)
        self.machine.run("systemctl", "start", UNIT)
        return simulator

    def show(self, name: str) -> str:
        return self.machine.show(UNIT)[name]

    def get(self, path: str) -> Answer:
        return get(ADDRESS, path)

    def total(self, name: str, **labels: str) -> float:
        return Samples(self.get("/metrics").text()).total(name, **labels)

    def polls(self, more: int) -> None:
        """Waits until so many more polls were complete; the service may be down meanwhile."""

        def count() -> float | None:
            try:
                return self.total("polls_total", result="complete")
            except OSError:
                return None

        before = until(count, "the service answers")
        until(lambda: (count() or 0) >= before + more, f"{more} more polls are complete")

    def entries(self, *match: str) -> list[dict]:
        return self.machine.journal(UNIT, f"--since={self.since}", *match)

    def said(self, *match: str) -> list[dict]:
        """By the daemon itself."""
        return [entry for entry in self.entries(*match) if entry.get("_SYSTEMD_UNIT") == UNIT]

    def await_entry(self, pattern: str, *match: str) -> dict:
        def look() -> dict | None:
            return next((entry for entry in self.entries(*match) if re.search(pattern, entry["MESSAGE"])), None)

        return until(look, f"the journal has {pattern!r}")

    def lives(self) -> list[Life]:
        lives: dict[str, Life] = {}
        for entry in self.said():
            lives.setdefault(entry["_PID"], Life()).messages.append(entry["MESSAGE"])
        return list(lives.values())

    def test_is_ready_when_it_answers_and_says_what_it_does(self) -> None:
        self.begin()
        self.assertEqual(self.get("/-/healthy").status, 200)  # at once: systemctl came back when it was ready
        self.assertEqual((self.show("ActiveState"), self.show("SubState")), ("active", "running"))
        self.polls(1)
        status = r"1 target, \d+ active tasks?, last complete poll at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"
        until(lambda: re.fullmatch(status, self.show("StatusText")), "the status tells of a poll")
        first = self.show("StatusText")
        until(lambda: self.show("StatusText") != first, "the status follows the polls")

    def test_is_not_ready_before_its_configuration_is_accepted(self) -> None:
        self.configure(self.simulator("seed-sample"), polls={})
        self.assertNotEqual(self.machine.code("systemctl", "start", UNIT), 0)
        self.assertEqual((self.show("ActiveState"), self.show("NRestarts")), ("failed", "0"))  # and is not tried again
        self.await_entry("polls: is not known here", "--priority=err")

    def test_the_key_comes_by_systemd_and_shows_nowhere(self) -> None:
        self.begin()
        self.polls(1)
        pid = self.show("MainPID")
        self.assertEqual(self.machine.run("stat", "--format=%U", f"/proc/{pid}").strip(), "sas-operation-exporter")
        until(lambda: self.machine.exists(STATE), "it writes its state")
        shown = self.machine.run("cat", f"/proc/{pid}/environ", f"/proc/{pid}/cmdline", STATE)
        shown += self.machine.run("systemctl", "show", UNIT) + json.dumps(self.entries()) + self.get("/metrics").text()
        self.assertNotIn(ACCESS_KEY_SECRET, shown)
        self.drop_in("credentials", "")
        self.assertNotEqual(self.machine.code("systemctl", "restart", UNIT), 0)
        self.await_entry("CREDENTIALS_DIRECTORY", "--priority=err")

    def test_a_program_that_prints_the_key_runs_in_the_sandbox(self) -> None:
        key = json.dumps({"mode": "AK", "access_key_id": ACCESS_KEY_ID, "access_key_secret": ACCESS_KEY_SECRET})
        self.machine.write("/usr/local/bin/give-key", f"#!/bin/sh\necho '{key}'\n", mode=0o755)
        profile = {"name": "external", "mode": "External", "process_command": "/usr/local/bin/give-key"}
        self.machine.write("/etc/sas-operation-exporter/aliyun.json", json.dumps({"current": "external", "profiles": [profile]}))
        self.machine.write(ENVIRONMENT,
                           'ARGS="--log.level=debug"\nALIBABA_CLOUD_CONFIG_FILE=/etc/sas-operation-exporter/aliyun.json\n')
        self.begin(target={"credentials": {"type": "profile"}})
        self.polls(1)
        self.await_entry("level=debug")  # the flags of the environment file came along

    def test_the_sandbox_is_as_tight_as_it_says(self) -> None:
        unit = f"/usr/lib/systemd/system/{UNIT}"
        self.assertEqual(self.machine.run("systemd-analyze", "verify", "--man=no", unit), "")
        self.machine.run("systemd-analyze", "security", "--offline=true", "--threshold=11", "--no-pager", unit)  # 1.1
        self.begin()
        self.polls(1)
        status = self.machine.run("cat", f"/proc/{self.show('MainPID')}/status")
        facts = dict(re.findall(r"^(\w+):\s+(\S+)", status, re.MULTILINE))
        self.assertEqual((facts["Seccomp"], facts["NoNewPrivs"], int(facts["CapBnd"], 16)), ("2", "1", 0))
        limits = self.machine.run("cat", f"/proc/{self.show('MainPID')}/limits")
        self.assertRegex(limits, r"Max core file size +0 +0")
        self.assertNotIn("infinity", (self.show("MemoryMax"), self.show("TasksMax")))

    def test_the_watchdog_leaves_alone_what_gets_on(self) -> None:
        self.begin()
        self.polls(8)  # two of its spans at least
        self.assertEqual((self.show("NRestarts"), self.show("WatchdogUSec")), ("0", "2s"))

    def test_the_watchdog_ends_a_loop_that_is_stuck_and_it_comes_back(self) -> None:
        self.begin()
        self.polls(1)
        stuck = self.show("MainPID")
        self.machine.run("kill", "-STOP", stuck)
        self.await_entry("Watchdog timeout")
        until(lambda: self.show("NRestarts") == "1" and self.show("SubState") == "running", "it is started anew")
        self.assertNotEqual(self.show("MainPID"), stuck)
        self.polls(1)

    def test_killed_and_restarted_it_tells_each_step_once(self) -> None:
        simulator = self.begin("hostile-day")
        self.polls(1)
        known = set(true_steps(simulator))
        for number in range(1, 4):
            told = sum(map(len, told_steps(self.lives()).values()))
            until(lambda told=told: sum(map(len, told_steps(self.lives()).values())) > told, "another step is told")
            self.machine.run("systemctl", "kill", "--signal=KILL", UNIT)
            until(lambda number=number: self.show("NRestarts") == str(number) and self.show("SubState") == "running",
                  "it is started anew")
        until(lambda: len(ended_lives(simulator, known)) >= 5, "tasks have ended")
        ended = ended_lives(simulator, known)
        until(lambda: all(len(told_steps(self.lives())[task]) >= len(steps) for task, steps in ended.items()), "all is told")
        self.assertEqual(len(self.lives()), 4)
        told, true = told_steps(self.lives()), true_steps(simulator)
        for task, steps in ended.items():
            self.assertEqual(told[task], steps, task)
        for task, steps in told.items():
            self.assertTrue(is_part(steps, true[task]), f"{task}: told {steps}, true is {true[task]}")

    def test_stops_when_told_to_and_is_not_killed(self) -> None:
        self.begin()
        self.polls(1)
        self.machine.run("systemctl", "stop", UNIT)
        self.assertEqual(
            [self.show(name) for name in ("ActiveState", "Result", "ExecMainCode", "ExecMainStatus", "NRestarts")],
            ["inactive", "success", "1", "0", "0"],  # 1: it exited by itself
        )
        self.await_entry("msg=stopped")

    def test_the_journal_knows_who_spoke_and_how_serious_it_is(self) -> None:
        simulator = self.begin()
        self.polls(1)
        starting = self.await_entry("msg=starting")
        self.assertEqual(
            [starting[name] for name in ("PRIORITY", "SYSLOG_IDENTIFIER", "_SYSTEMD_UNIT", "_TRANSPORT")],
            ["6", "sas-operation-exporter", UNIT, "stdout"],
        )
        self.assertEqual(set(logfmt(starting["MESSAGE"])), {"level", "msg", "version", "revision"})  # no ts: it has its own
        self.assertEqual(self.said("--priority=warning"), [])
        simulator.process.stop()
        warning = self.await_entry("poll did not complete", "--priority=warning")
        self.assertEqual((warning["PRIORITY"], logfmt(warning["MESSAGE"])["level"]), ("4", "warn"))

    def test_a_reload_takes_what_is_good_and_refuses_what_is_not(self) -> None:
        simulator = self.begin()
        self.polls(1)
        process = self.show("MainPID")
        self.configure(simulator, target={"name": "renamed"})
        self.machine.run("systemctl", "reload", UNIT)
        self.await_entry("configuration reloaded")
        until(lambda: self.total("up", target="renamed") == 1, "the new target is polled")
        self.assertEqual(self.total("config_last_reload_successful"), 1)

        self.configure(simulator, polls={})
        self.machine.run("systemctl", "reload", UNIT)
        self.assertIn("polls", self.await_entry("configuration not reloaded", "--priority=err")["MESSAGE"])
        until(lambda: self.total("config_last_reload_successful") == 0, "the metric says so")
        self.assertEqual(self.total("up", target="renamed"), 1)
        until(lambda: self.show("SubState") == "running", "both reloads are over")
        self.assertEqual((self.show("MainPID"), self.show("NRestarts")), (process, "0"))

    def test_systemd_may_hold_the_port(self) -> None:
        socket = UNIT.replace(".service", ".socket")
        self.addCleanup(self.machine.run, "systemctl", "stop", socket, UNIT)
        self.machine.write(ENVIRONMENT, 'ARGS="--web.systemd-socket"\n')
        self.configure(self.simulator("seed-sample"))
        self.machine.run("systemctl", "start", socket)
        self.assertEqual(self.show("ActiveState"), "inactive")
        self.polls(1)  # whoever asks has it started
        self.assertEqual(self.show("ActiveState"), "active")
        self.machine.run("systemctl", "kill", "--signal=KILL", UNIT)
        self.polls(1)  # asked while nobody is there, and answered when somebody is


if __name__ == "__main__":
    main()
