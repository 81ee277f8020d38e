#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What /metrics says, in both formats, plain and compressed, to judges that are not ours: promtool and the parsers of the
Prometheus project."""

import re
import subprocess

from support.key_giver import KeyGiver
from support.peers import ROOT, get, target
from support.samples import Samples
from support.testcase import EndToEnd, main

OPENMETRICS = "application/openmetrics-text;version=1.0.0"


def documented() -> set[str]:
    """The metrics in the README's table: the names in backticks in the first column below `## Metrics`."""
    section = (ROOT / "README.md").read_text().split("\n## Metrics\n", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"^\| *`([a-z0-9_]+)` *\|", section, re.MULTILINE))


def task_values(samples: Samples) -> dict:
    """All that is said of tasks. A bucket's bound is a number: OpenMetrics writes `60.0` where the text format has `60`."""
    return {
        (sample.name, *sorted((key, float(value) if key == "le" else value) for key, value in sample.labels.items())): sample.value
        for sample in samples.all
        if sample.name.startswith("sas_operation_task")
    }


class Exposition(EndToEnd):
    def busy(self, credentials: dict | None = None, **changes: object):
        """An exporter that has seen tasks of every status."""
        simulator = self.simulator("timeouts", time_scale=600)
        if credentials:
            changes["targets"] = [target(simulator, credentials=credentials)]
        exporter = self.exporter(simulator, **changes)
        exporter.await_at_least(1, "tasks", status="timed_out")
        exporter.await_at_least(1, "tasks", status="complete")
        return exporter

    def test_promtool_has_nothing_to_say(self) -> None:
        text = self.busy().get("/metrics").text()
        lint = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
        self.assertEqual((lint.returncode, lint.stdout + lint.stderr), (0, ""))

    def test_promtool_would_say_something(self) -> None:
        lint = subprocess.run(["promtool", "check", "metrics"], input="x_total 1\n", capture_output=True, text=True)
        self.assertNotEqual(lint.returncode, 0)

    def test_both_formats_say_the_same(self) -> None:
        exporter = self.exporter(self.simulator("seed-sample"))
        exporter.await_value(1, "up")
        plain = exporter.get("/metrics")
        self.assertEqual(plain.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        opened = exporter.get("/metrics", Accept=OPENMETRICS)
        self.assertTrue(opened.headers["Content-Type"].startswith("application/openmetrics-text"), opened.headers)
        self.assertTrue(opened.text().endswith("# EOF\n"))
        tasks = [task_values(samples) for samples in (Samples(plain.text()), Samples(opened.text(), openmetrics=True))]
        self.assertTrue(tasks[0])
        self.assertEqual(*tasks)

    def test_gzip_when_asked_for(self) -> None:
        exporter = self.busy()
        for accept in ("text/plain", OPENMETRICS):
            plain = exporter.get("/metrics", Accept=accept)
            packed = exporter.get("/metrics", Accept=accept, Accept_Encoding="gzip")
            self.assertIsNone(plain.headers["Content-Encoding"])
            self.assertEqual(packed.headers["Content-Encoding"], "gzip")
            self.assertLess(len(packed.body), len(plain.body))
            names = [{sample.name for sample in Samples(a.text(), accept == OPENMETRICS).all} for a in (plain, packed)]
            self.assertEqual(*names)

    def test_no_sample_has_a_timestamp_and_none_is_twice(self) -> None:
        samples = self.busy().scrape()
        self.assertEqual([sample for sample in samples.all if sample.timestamp is not None], [])
        keys = [(sample.name, tuple(sorted(sample.labels.items()))) for sample in samples.all]
        self.assertEqual(len(keys), len(set(keys)))

    def test_what_is_known_stands_at_zero_from_the_first_scrape(self) -> None:
        samples = self.exporter(self.simulator("faults/hang"), poll={"request_timeout": "1m"}).scrape()
        self.assertEqual(samples.value("up", target="production"), 0)
        for result in ("complete", "incomplete", "failed"):
            self.assertEqual(samples.value("polls_total", target="production", result=result), 0)
        for alert in ("timed_out", "stalled", "not_started", "running_longer_than"):
            self.assertEqual(samples.value("alerts_firing", target="production", alert=alert), 0)
        self.assertEqual(len(samples.find("build_info")), 1)

    def test_the_readme_lists_what_is_there_and_nothing_else(self) -> None:
        self.assertTrue(documented())
        keys = {"type": "credentials_uri", "uri": KeyGiver(self).url}  # temporary ones have metrics of their own
        exporter = self.busy(keys, state={"file": str(self.directory / "state")})
        exporter.await_at_least(1, "state_writes_total", result="ok")
        text = exporter.get("/metrics").text()
        typed = set(re.findall(r"^# TYPE (sas_operation_\w+) ", text, re.MULTILINE))
        self.assertEqual(typed - documented(), set(), "missing in the README")
        self.assertEqual(documented() - typed, set(), "missing in the output")

    def test_the_standard_process_metrics_are_there(self) -> None:
        names = {sample.name for sample in self.exporter(self.simulator("seed-sample")).scrape().all}
        for name in ("cpu_seconds_total", "resident_memory_bytes", "start_time_seconds", "open_fds", "max_fds"):
            self.assertIn(f"process_{name}", names)

    def test_the_first_page_links_to_what_answers(self) -> None:
        exporter = self.exporter(self.simulator("seed-sample"))
        exporter.await_value(1, "up")
        page = exporter.get("/")
        self.assertEqual(page.status, 200)
        links = re.findall(r'href="(/[^"]*)"', page.text())
        self.assertIn("/metrics", links)
        for link in links:
            self.assertEqual(exporter.get(link).status, 200, link)

    def test_what_is_not_there_and_what_is_not_allowed(self) -> None:
        exporter = self.exporter(self.simulator("seed-sample"))
        self.assertEqual(exporter.get("/nothing").status, 404)
        refused = get(exporter.address, "/metrics", method="DELETE")
        self.assertEqual(refused.status, 405)
        self.assertIn("GET", refused.headers["Allow"])


if __name__ == "__main__":
    main()
