# SPDX-License-Identifier: Apache-2.0
"""A program that runs beside the test: its output goes to a file, it is waited for by what it says, and it never outlives
the test."""

import pathlib
import re
import signal
import subprocess

from support.wait import until

# What a sanitizer says, whatever the exit code.
SANITIZER = re.compile(r"AddressSanitizer|LeakSanitizer|UndefinedBehaviorSanitizer|ThreadSanitizer|runtime error:")


class Process:
    def __init__(self, name: str, command: list[str], log: pathlib.Path, environment: dict[str, str] | None = None) -> None:
        self.name = name
        self.log = log
        self.output = ""  # kept when the process has ended, for whoever asks after its files are gone
        with log.open("wb") as out:
            self.running = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, env=environment
            )

    def text(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else self.output

    def lines(self, pattern: str) -> list[str]:
        return [line for line in self.text().splitlines() if re.search(pattern, line)]

    def await_line(self, pattern: str) -> re.Match:
        def look() -> re.Match | None:
            found = re.search(pattern, self.text(), re.MULTILINE)
            if not found and self.running.poll() is not None:
                raise AssertionError(f"{self.name} ended with {self.running.returncode} before it said {pattern!r}")
            return found

        return until(look, f"{self.name} says {pattern!r}")

    def send(self, number: signal.Signals) -> None:
        self.running.send_signal(number)

    def is_alive(self) -> bool:
        return self.running.poll() is None

    def wait(self, patience: float = 30) -> int:
        """The exit code."""
        return self.running.wait(timeout=patience)

    def stop(self) -> int:
        """Asks it to end, kills it where it does not. The exit code; negative: the signal that ended it."""
        if self.is_alive():
            self.send(signal.SIGTERM)
        try:
            return self.wait()
        except subprocess.TimeoutExpired:
            self.running.kill()
            return self.wait()
        finally:
            self.output = self.text()
