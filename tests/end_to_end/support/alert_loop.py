# SPDX-License-Identifier: Apache-2.0
"""The loop from what happens at the service to whoever is paged, both ways: the daemon tells Alertmanager itself, and so does
Prometheus by the shipped rules. Limits are of seconds; waits are for what arrives, however long the machine takes."""

import json
import pathlib

from support.hurried_rules import Hurry, hurried_rules
from support.line import Line
from support.peers import Alertmanager, Exporter, Prometheus, Simulator, target
from support.receivers import Notice, Pager
from support.testcase import EndToEnd
from support.wait import until

PATIENCE = 240.0  # seconds; some of what is waited for happens once in 85 s
RUNBOOKS = {
    "daemon": "https://runbooks.example.com/",
    "rules": "https://runbooks.example/sas-operation-exporter/",
}
WAYS = tuple(RUNBOOKS)
SEVERITIES = {
    "SasTaskTimedOut": "warning",
    "SasTaskStalled": "warning",
    "SasTaskNotStarted": "warning",
    "SasTaskRunningLong": "warning",
    "SasTaskCompletedWithFailures": "warning",
    "SasExpectedCheckMissing": "critical",
    "SasPollFailing": "critical",
    "SasCredentialsExpiring": "critical",
    "SasContractDrift": "info",
    "SasExporterAbsent": "critical",
    "SasDataStale": "critical",
    "SasAuthenticationFailing": "critical",
    "SasPermissionMissing": "critical",
    "SasThrottled": "warning",
    "SasBudgetExhausted": "warning",
    "SasTaskSeriesDropped": "warning",
    "SasUnknownStatus": "info",
    "SasConfigReloadFailed": "warning",
    "SasClockSkewed": "warning",
    "SasNotificationsFailing": "warning",
    "SasStateFileFailing": "warning",
}

HURRY = Hurry()
LIMITS = {
    "stalled_after": f"{HURRY.stalled}s",
    "not_started_after": f"{HURRY.not_started}s",
    "running_longer_than": f"{HURRY.running}s",
    "poll_failing_after": "2s",
    "contract_drift_for": f"{HURRY.drift}s",
    "expect": [{"task_type": "CHECK_SCHEDULE", "within": f"{HURRY.expected}s"}],
    "runbook_url": RUNBOOKS["daemon"],
}
# Every alert is a message of its own, at once, and so is its end.
PLAIN_ROUTING = {"receiver": "pager", "group_by": ["..."], "group_wait": "0s", "group_interval": "500ms", "repeat_interval": "1h"}


def plain_config(pager: Pager) -> str:
    receiver = {"name": "pager", "webhook_configs": [{"url": f"{pager.url}/"}]}
    return json.dumps({"route": PLAIN_ROUTING, "receivers": [receiver]})  # JSON is YAML


class AlertLoop(EndToEnd):
    def setUp(self) -> None:
        super().setUp()
        self.targets: list[dict] = []
        self.simulators: dict[str, Simulator] = {}  # by the name of the target
        self.pager = Pager(self)

    def watch(self, name: str, scenario: str, *task_types: str, keys: pathlib.Path | None = None, **changes: object) -> None:
        """A target with a service and a budget of its own."""
        key = {"access_key_id": f"LTAI-{name}", "access_key_secret": f"s3cret-of-{name}"}
        seed = len(self.targets) + 1  # with ids of their own
        simulator = self.simulator(scenario, seed=seed, keys=keys, access_keys=[":".join(key.values())])
        self.simulators[name] = simulator
        settings = {"name": name, "task_types": list(task_types), "credentials": {"type": "access_key", **key}}
        self.targets.append(target(simulator, **settings | changes))

    def watch_over(self, name: str, scenario: str, later: str) -> Line:
        """The same, over a line that can be put through from one service to another."""
        self.watch(name, later)
        calm = self.simulators[name]
        self.watch(name, scenario)
        line = Line(self, self.simulators[name], calm)
        self.targets[-2:] = [self.targets[-1] | {"endpoint": line.endpoint, "ca_file": str(line.ca_file)}]
        return line

    def run_daemon(self, alertmanager: Alertmanager, *sinks: dict, alerts: dict | None = None, **changes: object) -> Exporter:
        told = {"sinks": [{"type": "log"}, {"type": "alertmanager", "url": alertmanager.url}, *sinks]}
        settings = {
            "poll": {"max_requests_per_second": 8, "request_timeout": "20s"},
            "metrics": {"task_retention": "6s"},
        }
        return self.exporter(None, targets=self.targets, alerts=LIMITS | told | (alerts or {}), **settings | changes)

    def run_prometheus(self, alertmanager: Alertmanager, *exporters: Exporter, hurry: Hurry = HURRY) -> Prometheus:
        return self.prometheus(*exporters, rules=hurried_rules(hurry), alertmanager=alertmanager)

    def notices(self, name: str, way: str, **labels: str) -> list[Notice]:
        """That have at least these labels."""
        return [
            notice
            for notice in self.pager.notices()
            if (notice.name, notice.way()) == (name, way) and labels.items() <= notice.labels.items()
        ]

    def await_notice(self, status: str, name: str, way: str, **labels: str) -> Notice:
        """The first of that status."""

        def look() -> Notice | None:
            return next((notice for notice in self.notices(name, way, **labels) if notice.status == status), None)

        return until(look, f"{name} {labels} of the {way} arrives as {status}", PATIENCE)

    def assert_says_what_it_must(self, notice: Notice) -> None:
        self.assertEqual(notice.labels["severity"], SEVERITIES[notice.name], notice)
        self.assertEqual(notice.annotations["runbook_url"], f"{RUNBOOKS[notice.way()]}{notice.name}.md", notice)
        for words in ("summary", "description"):
            self.assertTrue(notice.annotations[words], notice)
            self.assertNotIn("<no value>", notice.annotations[words], notice)
            self.assertNotIn("error", notice.annotations[words].lower(), notice)
