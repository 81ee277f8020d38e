#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Secrets stay inside: neither logs at their loudest, nor pages, nor metrics, nor the process's own description have them."""

import pathlib

from support.peers import ACCESS_KEY_SECRET, target
from support.testcase import EndToEnd, main

TOKEN = "CAISt0ken-that-nobody-may-see"
PAGES = ("/", "/metrics", "/-/healthy", "/-/ready", "/nothing", "/api/v1/targets")


class Secrets(EndToEnd):
    def assert_kept(self, exporter, *secrets: str) -> None:
        texts = {path: exporter.get(path).text() for path in PAGES}
        texts["log"] = exporter.process.text()
        texts["command line"] = pathlib.Path(f"/proc/{exporter.process.running.pid}/cmdline").read_text()
        for place, text in texts.items():
            for secret in secrets:
                self.assertNotIn(secret, text, place)
            self.assertNotRegex(text, r"Signature=[0-9a-f]{16}", place)

    def test_an_access_key(self) -> None:
        exporter = self.exporter(self.simulator("faults/server-error"), "--log.level=debug")
        exporter.await_at_least(3, "polls_total", result="complete")
        self.assert_kept(exporter, ACCESS_KEY_SECRET)

    def test_what_the_service_repeats_of_a_request_that_it_refuses(self) -> None:
        """On a mismatch of signatures the service's message quotes the canonical request, token and all."""
        simulator = self.simulator("busy-day")
        credentials = {
            "type": "sts",
            "access_key_id": "LTAI-end-to-end",
            "access_key_secret": "another-" + ACCESS_KEY_SECRET,
            "security_token": TOKEN,
        }
        exporter = self.exporter(simulator, "--log.level=debug", targets=[target(simulator, credentials=credentials)])
        exporter.await_at_least(2, "polls_total", result="failed")
        self.assertTrue(exporter.process.lines("poll did not complete"))
        self.assert_kept(exporter, ACCESS_KEY_SECRET, TOKEN)

    def test_a_secret_in_a_file_is_read_again_when_it_changes(self) -> None:
        simulator = self.simulator("busy-day")
        secret = self.directory / "secret"
        secret.write_text("wrong-" + ACCESS_KEY_SECRET + "\n")
        credentials = {"type": "access_key", "access_key_id": "LTAI-end-to-end", "access_key_secret_file": str(secret)}
        exporter = self.exporter(simulator, "--log.level=debug", targets=[target(simulator, credentials=credentials)])
        exporter.await_at_least(1, "polls_total", result="failed")
        secret.write_text(ACCESS_KEY_SECRET + "\n")
        exporter.await_value(1, "up")
        self.assert_kept(exporter, ACCESS_KEY_SECRET)


if __name__ == "__main__":
    main()
