# SPDX-License-Identifier: Apache-2.0
"""Runs one command a file, several at a time, and remembers which passed: while neither the file, nor a header of the
project that it includes, nor the command has changed, it need not be run again. Failures are never remembered."""

import concurrent.futures
import functools
import hashlib
import os
import pathlib
import re
import subprocess

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*"([^"]+)"', re.MULTILINE)


class Verdicts:
    def __init__(self, root: pathlib.Path, stamps: pathlib.Path, *rules: str) -> None:
        """`rules`: what the verdict depends on besides code and command, as the tool's version and settings."""
        self.folders = [root / "daemon", root / "tests"]
        self.stamps = stamps
        self.rules = rules
        stamps.mkdir(parents=True, exist_ok=True)
        self.text = functools.cache(pathlib.Path.read_text)

    def run(self, commands: dict[pathlib.Path, list[str]], directory: pathlib.Path) -> list[str]:
        """What the commands that failed said, in the order of the files."""
        return list(self.failing(commands, directory).values())

    def failing(self, commands: dict[pathlib.Path, list[str]], directory: pathlib.Path) -> dict[pathlib.Path, str]:
        """The same by file."""
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            said = pool.map(lambda item: (item[0], self._judge(*item, directory)), sorted(commands.items()))
            return {file: text for file, text in said if text is not None}

    def _judge(self, file: pathlib.Path, command: list[str], directory: pathlib.Path) -> str | None:
        stamp = self.stamps / self.digest(file, command)
        if stamp.exists():
            return None
        run = subprocess.run(command, cwd=directory, capture_output=True, text=True)
        if run.returncode != 0:
            return f"{file}:\n{run.stdout}{run.stderr}".rstrip()
        stamp.touch()
        return None

    def digest(self, file: pathlib.Path, command: list[str]) -> str:
        digest = hashlib.sha256("\0".join([*self.rules, *command]).encode())
        for path in sorted(self.closure(file)):
            digest.update(f"\0{path}\0{self.text(path)}".encode())
        return digest.hexdigest()

    def closure(self, file: pathlib.Path) -> set[pathlib.Path]:
        """The file and every file of the project that it includes, directly or not."""
        seen = {file}
        waiting = [file]
        while waiting:
            for name in INCLUDE.findall(self.text(waiting.pop())):
                found = {folder / name for folder in self.folders if (folder / name).is_file()} - seen
                seen |= found
                waiting += found
        return seen


def version(tool: str) -> str:
    return subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
