#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""`once` against the simulator: its four formats, read by those who would read them, and what a failure leaves."""

import json
import subprocess

from support.peers import ACCESS_KEY_SECRET, EXPORTER, target
from support.samples import Samples
from support.testcase import EndToEnd, main


class Once(EndToEnd):
    def setUp(self) -> None:
        super().setUp()
        self.service = self.simulator("seed-sample")

    def once(self, *arguments: str, targets: list | None = None, **sections: object) -> subprocess.CompletedProcess:
        config = self.directory / "config.yml"
        config.write_text(json.dumps({"targets": targets or [target(self.service)], **sections}))
        command = [str(EXPORTER), "once", f"--config.file={config}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL)
        self.assertNotIn(ACCESS_KEY_SECRET, done.stdout + done.stderr)
        return done

    def assert_fine(self, done: subprocess.CompletedProcess) -> None:
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_the_table_shows_the_task_and_how_far_it_is(self) -> None:
        done = self.once()
        self.assert_fine(done)
        self.assertRegex(done.stdout, r"(?m)^TARGET +TASK +TYPE +STATUS +ITEMS +SUBTASKS ")
        self.assertRegex(done.stdout, r"(?m)^production +\S+ +CHECK_\w+ +running +197/337 \(58%\) +5/10 \(50%\) ")
        self.assertRegex(done.stdout, r"(?m)^production: 1 task: 1 running$")

    def test_json_has_the_figures(self) -> None:
        done = self.once("--format=json")
        self.assert_fine(done)
        [seen] = json.loads(done.stdout)["targets"]
        self.assertEqual((seen["target"], seen["result"], seen["trouble"]), ("production", "complete", None))
        [task] = seen["tasks"]
        self.assertEqual((task["items"], task["items_finished"]), (337, 197))

    def test_openmetrics_is_read_by_its_own_parser(self) -> None:
        done = self.once("--format=openmetrics")
        self.assert_fine(done)
        samples = Samples(done.stdout, openmetrics=True)
        self.assertEqual(samples.value("task_items", target="production"), 337)
        self.assertEqual(samples.value("up", target="production"), 1)

    def test_a_textfile_is_replaced_whole_and_has_no_series_of_the_collectors_own(self) -> None:
        file = self.directory / "metrics.prom"
        file.write_text("old 1\n")
        before = file.stat().st_ino
        self.assert_fine(self.once("--format=textfile", f"--output={file}"))
        self.assertNotEqual(file.stat().st_ino, before)
        self.assert_nothing_aside()
        text = file.read_text()
        self.assertEqual(Samples(text).value("task_items_finished", target="production"), 197)
        self.assertNotIn("process_", text)
        lint = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True, timeout=60)
        self.assertEqual((lint.returncode, lint.stdout + lint.stderr), (0, ""))

    def test_the_daemons_state_file_is_left_alone(self) -> None:
        state = self.directory / "state"
        self.assert_fine(self.once(state={"file": str(state)}))
        self.assertFalse(state.exists())

    def test_a_target_that_fails_keeps_no_other_from_being_shown(self) -> None:
        closed = target(self.service) | {"name": "closed", "endpoint": "https://127.0.0.1:1"}
        done = self.once("--format=json", targets=[closed, target(self.service)], poll={"max_retries": 0})
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"\Aclosed: failed: transport: .*\n\Z")
        first, second = json.loads(done.stdout)["targets"]
        self.assertEqual((first["target"], first["result"], first["tasks"]), ("closed", "failed", []))
        self.assertEqual((second["result"], len(second["tasks"])), ("complete", 1))

    def test_a_file_that_cannot_be_written_leaves_the_old_one(self) -> None:
        folder = self.directory / "metrics.prom"  # a folder cannot be replaced by a file
        folder.mkdir()
        done = self.once("--format=textfile", f"--output={folder}")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot replace", done.stderr)
        self.assert_nothing_aside()

    def assert_nothing_aside(self) -> None:
        self.assertEqual([path.name for path in self.directory.glob("*.new")], [])


if __name__ == "__main__":
    main()
