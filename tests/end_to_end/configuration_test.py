#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What the command line and the configuration refuse, and how: all mistakes at once, each with its place, exit code 2."""

import re
import subprocess

from support.peers import ACCESS_KEY_SECRET, EXPORTER, ROOT
from support.testcase import EndToEnd, main


class Configuration(EndToEnd):
    def run_with(self, *arguments: str) -> subprocess.CompletedProcess:
        command = [str(EXPORTER), *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)

    def check(self, yaml: str) -> subprocess.CompletedProcess:
        self.file = self.directory / "config.yml"
        self.file.write_text(yaml)
        return self.run_with("check-config", f"--config.file={self.file}")

    def test_each_mistake_is_told_with_its_line_and_key(self) -> None:
        result = self.check(
            "targets:\n"
            "  - name: production\n"
            "    site: mars\n"
            "    colour: red\n"
            "poll:\n"
            "  interval: soon\n"
            "  page_size: -1\n"
        )
        self.assertEqual(result.returncode, 2)
        self.assertEqual(result.stdout, "")
        told = [re.match(rf"{re.escape(str(self.file))}:(\d+):\d+: (\S+): (.+)$", line) for line in result.stderr.splitlines()]
        self.assertTrue(all(told), result.stderr)
        self.assertEqual(
            [(match[1], match[2]) for match in told],
            [("3", "targets[0].site"), ("4", "targets[0].colour"), ("6", "poll.interval"), ("7", "poll.page_size")],
        )
        self.assertIn("cn", told[0][3])  # what would be right

    def test_the_daemon_does_not_start_with_a_mistake(self) -> None:
        self.check("targets: []\nlogs: {level: info}\n")
        result = self.run_with(f"--config.file={self.file}")
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, rf"{re.escape(str(self.file))}:2:\d+: logs: ")

    def test_broken_yaml_is_told_with_its_line(self) -> None:
        result = self.check("targets:\n  - name: [production\n")
        self.assertEqual(result.returncode, 2)
        self.assertRegex(result.stderr, rf"{re.escape(str(self.file))}:\d+:\d+: ")

    def test_a_file_that_is_not_there_is_told(self) -> None:
        result = self.run_with(f"--config.file={self.directory}/none.yml")
        self.assertEqual(result.returncode, 2)
        self.assertIn("none.yml", result.stderr)
        self.assertIn("--config.file", result.stderr)

    def test_an_unknown_flag_and_a_wrong_value_are_usage(self) -> None:
        for arguments in (["--nonsense"], ["--log.level=loud"], ["--web.listen-address=here"], ["fly"]):
            result = self.run_with(*arguments)
            self.assertEqual(result.returncode, 2, arguments)
            self.assertEqual(result.stdout, "", arguments)
            self.assertIn(arguments[0].split("=")[0], result.stderr)

    def test_help_and_version_go_to_standard_output(self) -> None:
        for flag, text in (("--help", "check-config"), ("--version", "sas-operation-exporter 0.")):
            result = self.run_with(flag)
            self.assertEqual(result.returncode, 0)
            self.assertIn(text, result.stdout)
            self.assertEqual(result.stderr, "")

    def test_a_valid_file_is_shown_without_its_secrets(self) -> None:
        result = self.check(
            "targets:\n  - name: production\n    site: intl\n    credentials: {type: sts, access_key_id: LTAI5tLongEnough,"
            f" access_key_secret: {ACCESS_KEY_SECRET}, security_token: t0ken-{ACCESS_KEY_SECRET}}}\n"
        )
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("tds.ap-southeast-1.aliyuncs.com", result.stdout)
        self.assertNotIn(ACCESS_KEY_SECRET, result.stdout + result.stderr)

    def test_sinks_are_shown_without_their_secrets(self) -> None:
        mark = "m4rk-S3cret"
        result = self.check(
            "targets: [{name: production, site: cn}]\nalerts:\n  expect: [{task_type: CHECK_SCHEDULE, within: 48h}]\n  sinks:\n"
            f"    - {{type: webhook, format: dingtalk, url: 'https://robot.example/send?access_token={mark}', secret: {mark}}}\n"
            f"    - {{type: alertmanager, url: 'https://alertmanager.example', bearer_token: {mark}}}\n"
        )
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("CHECK_SCHEDULE within 2d", result.stdout)
        self.assertIn("https://robot.example/***", result.stdout)
        self.assertIn("https://alertmanager.example, bearer token ***", result.stdout)
        self.assertNotIn(mark, result.stdout + result.stderr)

    def test_a_secret_does_not_show_in_a_mistakes_message(self) -> None:
        result = self.check(
            "targets:\n  - name: production\n    site: cn\n"
            f"    credentials: {{type: access_key, access_key_id: x, access_key_secret: [{ACCESS_KEY_SECRET}]}}\n"
        )
        self.assertEqual(result.returncode, 2)
        self.assertNotIn(ACCESS_KEY_SECRET, result.stdout + result.stderr)

    def test_what_ships_is_valid(self) -> None:
        examples = sorted(set((ROOT / "config" / "examples").glob("*.yml")) - {ROOT / "config" / "examples" / "web-config.yml"})
        self.assertTrue(examples)
        for file in examples:
            result = self.run_with("check-config", f"--config.file={file}")
            self.assertNotRegex(result.stderr, r"unknown key|not a key", file)
        shipped = (ROOT / "config" / "sas-operation-exporter.yml").read_text()
        self.assertEqual(self.run_with("--print-config-default").stdout, shipped)


if __name__ == "__main__":
    main()
