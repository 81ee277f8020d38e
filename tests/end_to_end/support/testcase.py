# SPDX-License-Identifier: Apache-2.0
"""A test with the real daemon between real peers. Whatever it started ends with it; when it fails, it shows what they said."""

import os
import pathlib
import re
import tempfile
import unittest
from typing import Iterable

from support.peers import ACCESS_KEY_ID, ACCESS_KEY_SECRET, Alertmanager, Exporter, Prometheus, Simulator
from support.process import SANITIZER, Process

LINES_SHOWN = 40


class EndToEnd(unittest.TestCase):
    longMessage = True

    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="sas-end-to-end-")
        self.addCleanup(scratch.cleanup)
        self.directory = pathlib.Path(scratch.name)

    def run(self, result: unittest.TestResult | None = None) -> unittest.TestResult | None:
        self.processes: list[Process] = []
        result = result or self.defaultTestResult()
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            for process in self.processes:
                print(f"---- the last that {process.name} of {self.id()} said:")
                print("\n".join(process.text().splitlines()[-LINES_SHOWN:]))
        return result

    def simulator(
        self,
        scenario: str,
        *arguments: str,
        time_scale: float = 1,
        seed: int = 1,
        access_keys: Iterable[str] = (),
        keys: pathlib.Path | None = None,
    ) -> Simulator:
        """Our own key may ask and `access_keys`, `ID:SECRET` or `ID:SECRET:TOKEN`; or whoever stands in the file `keys`."""
        own = f"{ACCESS_KEY_ID}:{ACCESS_KEY_SECRET}"
        known = [f"--keys={keys}"] if keys else [f"--access-key={key}" for key in (own, *access_keys)]
        return Simulator(self, scenario, time_scale, seed, [*known, *arguments])

    def exporter(self, simulator: Simulator | None, *arguments: str, **changes: object) -> Exporter:
        return Exporter(self, simulator, changes, list(arguments))

    def prometheus(
        self, *exporters: Exporter, rules: str | None = None, alertmanager: Alertmanager | None = None
    ) -> Prometheus:
        return Prometheus(self, exporters, rules, alertmanager)

    def alertmanager(self, config: str) -> Alertmanager:
        return Alertmanager(self, config)

    def folder(self, name: str) -> pathlib.Path:
        """A new one for one peer's files."""
        path = self.directory / f"{name}-{len(self.processes)}"
        path.mkdir()
        return path

    def start(self, name: str, command: list[str], **environment: str) -> Process:
        log = self.directory / f"{name}-{len(self.processes)}.log"
        process = Process(name, command, log, os.environ | environment)
        self.processes.append(process)
        self.addCleanup(self._end, process)
        return process

    def _end(self, process: Process) -> None:
        """Every process of ours that still runs when its test is over ends when told to, without a word of a sanitizer, and
        has kept the secret."""
        was_alive = process.is_alive()
        code = process.stop()
        if process.name in ("prometheus", "alertmanager"):
            return
        if was_alive:
            self.assertEqual(code, 0, f"{process.name} ended badly")
        self.assertIsNone(SANITIZER.search(process.output), f"a sanitizer found something in {process.name}")
        if process.name == "exporter":
            self.assertNotIn(ACCESS_KEY_SECRET, process.output)


def logfmt(line: str) -> dict[str, str]:
    """The fields of a log line."""
    fields = re.findall(r'(\w+)=(?:"((?:\\.|[^"\\])*)"|(\S*))', line)
    return {key: re.sub(r"\\(.)", r"\1", quoted) or bare for key, quoted, bare in fields}


def main() -> None:
    unittest.main(verbosity=2)
