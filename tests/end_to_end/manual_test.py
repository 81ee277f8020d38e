#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The manual page is clean and complete; real shells complete what the command line knows."""

import os
import re
import subprocess

from support import shells
from support.peers import BINARIES, EXPORTER
from support.testcase import EndToEnd, main

SHARE = BINARIES.parent / "share"
PAGE = SHARE / "man" / "man1" / "sas-operation-exporter.1"
SECTIONS = [
    "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "CONFIGURATION", "SIGNALS", "EXIT STATUS", "FILES", "ENVIRONMENT",
    "EXAMPLES", "SEE ALSO",
]  # fmt: skip


def run(*command: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=60)


def help_of(*command: str) -> str:
    return run(str(EXPORTER), *command, "--help").stdout


def flags_of(*command: str) -> set[str]:
    """The long flags that the help names."""
    return set(re.findall(r"^\s+(?:-\w,)?(--[\w.-]+)", help_of(*command), re.MULTILINE))


def commands() -> set[str]:
    return set(re.findall(r"^  ([a-z-]+) ", help_of().split("Subcommands:")[1], re.MULTILINE))


class ManPage(EndToEnd):
    def shown(self, width: int = 200) -> str:
        page = run("man", "--warnings", "--local-file", str(PAGE), MANWIDTH=str(width), LC_ALL="C.UTF-8")
        self.assertEqual((page.returncode, page.stderr), (0, ""))
        return re.sub(".\b", "", page.stdout)

    def test_mandoc_and_groff_have_nothing_to_say(self) -> None:
        lint = run("mandoc", "-Tlint", str(PAGE))
        self.assertEqual((lint.returncode, lint.stdout + lint.stderr), (0, ""))
        for width in (60, 80, 200):
            self.assertIn("sas-operation-exporter - watches the", self.shown(width))

    def test_mandoc_and_groff_would_say_something(self) -> None:
        broken = self.directory / "broken.1"
        broken.write_text(PAGE.read_text() + ".XX unknown\n")
        self.assertNotEqual(run("mandoc", "-Tlint", str(broken)).returncode, 0)
        self.assertNotEqual(run("man", "--warnings", "--local-file", str(broken), LC_ALL="C.UTF-8").stderr, "")

    def test_it_has_each_section_command_and_flag(self) -> None:
        text = self.shown()
        self.assertEqual(re.findall(r"^([A-Z][A-Z ]+)$", text, re.MULTILINE), SECTIONS)
        self.assertTrue({"run", "once", "check-config", "doctor"} <= commands())
        for command in commands():
            self.assertRegex(text, rf"(?m)^\s+{command}\s")
            self.assertTrue(flags_of(command))
            for flag in flags_of(command) | flags_of():
                self.assertRegex(text, rf"(?m)^\s+(-\w, )?{re.escape(flag)}(=|$| )")

    def test_it_has_each_key_of_the_reference(self) -> None:
        reference = run(str(EXPORTER), "--print-config-reference").stdout
        keys = re.findall(r"^\| `(\w+)` \|", reference.split("\n## Regions")[0], re.MULTILINE)
        self.assertGreater(len(keys), 50)
        text = self.shown().split("\nCONFIGURATION\n")[1].split("\nSIGNALS\n")[0]
        for key in keys:
            self.assertRegex(text, rf"(?m)^\s+{key}(\s|$)")

    def test_the_compressed_page_is_the_same(self) -> None:
        self.assertEqual(run("gzip", "-dc", f"{PAGE}.gz").stdout, PAGE.read_text())


class Completion(EndToEnd):
    def shell(self, name: str):
        home = self.folder(name)
        (home / "one.yml").touch()
        (home / "two.yml").touch()
        if name == "fish":
            return lambda line: shells.fish(SHARE, home, line)
        shell = shells.Shell(name, SHARE, home)
        self.addCleanup(shell.close)
        return shell.completions

    def check(self, name: str) -> None:
        ask = self.shell(name)
        program = "sas-operation-exporter"

        def values(line: str) -> set[str]:
            """Without the flag, where the shell puts it before each value."""
            return {word.rstrip(" ").split("=")[-1] for word in ask(f"{program} {line}")}

        def flags(line: str) -> set[str]:
            return {word.rstrip("= ") for word in ask(f"{program} {line}")}

        self.assertEqual(values("") & commands(), commands())
        self.assertEqual(values("che"), {"check-config"})
        self.assertEqual(flags("--"), flags_of())
        self.assertEqual(flags("--log."), {"--log.level", "--log.format"})
        self.assertEqual(values("--log.level="), {"debug", "info", "warn", "error"})
        self.assertEqual(values("check-config --log.format="), {"logfmt", "json"})
        self.assertEqual(values("--config.file="), {"one.yml", "two.yml"})
        self.assertEqual(values("--config.file=t"), {"two.yml"})
        for command in commands():
            self.assertEqual(flags(f"{command} --"), flags_of(command) | flags_of(), command)
        self.assertEqual(values("once --format="), {"table", "json", "openmetrics", "textfile"})
        self.assertEqual(values("doctor --format="), {"table", "json"})
        self.assertEqual(values("--log.level "), {"debug", "info", "warn", "error"})
        self.assertEqual(values("--log.level info doc"), {"doctor"})
        self.assertEqual(values("once --output o"), {"one.yml"})

    def test_bash(self) -> None:
        self.check("bash")

    def test_zsh(self) -> None:
        self.check("zsh")

    def test_fish(self) -> None:
        self.check("fish")

    def test_shellcheck_has_nothing_to_say_of_bashs(self) -> None:
        lint = run("shellcheck", "--shell=bash", str(SHARE / "bash-completion" / "completions" / "sas-operation-exporter"))
        self.assertEqual((lint.returncode, lint.stdout), (0, ""))


if __name__ == "__main__":
    main()
