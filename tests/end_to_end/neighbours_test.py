#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""One target in trouble, of whatever kind, delays no other: not its polls, not the scrapes, not the end of the process. And an
account that is asked at the wrong centre is told of, once."""

import json
import os
import socket

from support.peers import ACCESS_KEY_ID, target
from support.testcase import EndToEnd, logfmt, main

OTHER_KEY = {"type": "access_key", "access_key_id": "LTAI-of-somebody-else", "access_key_secret": "another"}


class Neighbours(EndToEnd):
    def silent_port(self) -> int:
        """Takes connections and says nothing."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        return listener.getsockname()[1]

    def refusing_port(self) -> int:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            return listener.getsockname()[1]

    def sleeper(self) -> dict:
        profile = {"name": "p", "mode": "External", "process_command": "sleep 60"}
        file = self.directory / "config.json"
        file.write_text(json.dumps({"current": "p", "profiles": [profile]}))
        return {"type": "profile", "config_file": str(file)}

    def pipe(self) -> str:
        path = str(self.directory / "ca.pipe")
        os.mkfifo(path)
        return path

    def test_a_target_in_trouble_delays_no_other(self) -> None:
        simulator = self.simulator("busy-day")
        silent = self.silent_port()
        in_trouble = {
            "refuses": {"endpoint": f"https://127.0.0.1:{self.refusing_port()}"},
            "hangs-in-tls": {"endpoint": f"https://127.0.0.1:{silent}"},
            "hangs-after-the-request": {"endpoint": f"http://127.0.0.1:{silent}"},
            "has-no-address": {"endpoint": "https://nobody.invalid"},
            "has-no-authorities": {"ca_file": self.pipe()},
            "has-a-silent-uri": {"credentials": {"type": "credentials_uri", "uri": f"http://127.0.0.1:{silent}/"}},
        }
        targets = [target(simulator, name=name, **({"credentials": OTHER_KEY} | changes)) for name, changes in in_trouble.items()]
        targets.append(target(simulator, name="has-a-slow-program", credentials=self.sleeper()))
        targets.append(target(simulator, name="well"))
        poll = {"interval": "2s", "idle_interval": "2s", "max_retries": 0}
        exporter = self.exporter(simulator, targets=targets, poll=poll)

        for name in in_trouble:
            exporter.await_at_least(1, "polls_total", target=name, result="failed")
        samples = exporter.await_at_least(5, "polls_total", target="well", result="complete")
        self.assertEqual(samples.value("up", target="well"), 1)
        for name in ("incomplete", "failed"):
            self.assertEqual(samples.value("polls_total", target="well", result=name), 0)
        self.assertEqual(samples.value("polls_skipped_total", target="well"), 0)
        for name in (*in_trouble, "has-a-slow-program"):
            self.assertEqual(samples.value("up", target=name), 0)
        self.assertEqual(samples.total("polls_total", target="has-a-slow-program"), 0, "it still sleeps")

    def test_whose_key_signs_is_shown(self) -> None:
        simulator = self.simulator("seed-sample")
        exporter = self.exporter(simulator)
        samples = exporter.await_value(1, "up")
        suffix = ACCESS_KEY_ID[-4:]
        labels = {"endpoint": simulator.endpoint, "site": "", "access_key_id_suffix": suffix, "provider": "static"}
        self.assertEqual(samples.value("target_info", target="production", **labels), 1)
        self.assertEqual(len(samples.find("target_info")), 1)

    def test_an_empty_list_is_hinted_at_once_across_restarts(self) -> None:
        simulator = self.simulator("busy-day")
        targets = [target(simulator, task_types=["CHECK_NOBODY_HAS"]), target(simulator, name="busy")]
        state = {"file": str(self.directory / "state")}
        first = self.exporter(simulator, targets=targets, state=state)
        first.await_at_least(2, "polls_total", target="production", result="complete")
        hints = [logfmt(line) for line in first.process.lines('msg="no tasks found"')]
        self.assertEqual([(hint["target"], hint["level"]) for hint in hints], [("production", "warn")])
        self.assertIn("task_types of the target may leave none", hints[0]["hint"])
        self.assertIn("other centre", hints[0]["hint"])
        first.process.stop()
        second = self.exporter(simulator, targets=targets, state=state)
        second.await_at_least(2, "polls_total", target="production", result="complete")
        self.assertEqual(second.process.lines('msg="no tasks found"'), [])


if __name__ == "__main__":
    main()
