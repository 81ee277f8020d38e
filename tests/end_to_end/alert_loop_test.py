#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Each of the daemon's alerts is provoked, arrives through Alertmanager both ways, and resolves both ways."""

import json
import re

from support.alert_loop import PATIENCE, WAYS, AlertLoop, plain_config
from support.key_giver import KeyGiver
from support.key_ring import KeyRing
from support.leaks import leaks
from support.peers import Exporter
from support.testcase import main
from support.wait import until

# As the daemon's metrics call them, and as they arrive.
NAMES = {
    "timed_out": "SasTaskTimedOut",
    "stalled": "SasTaskStalled",
    "not_started": "SasTaskNotStarted",
    "running_longer_than": "SasTaskRunningLong",
    "completed_with_failures": "SasTaskCompletedWithFailures",
    "expected_check_missing": "SasExpectedCheckMissing",
    "contract_drift": "SasContractDrift",
    "poll_failing": "SasPollFailing",
    "credentials_expiring": "SasCredentialsExpiring",
}
# Alerts of tasks, each with a target that has nothing else the matter: its scenario, and the type of its tasks.
OF_TASKS = {
    "SasTaskTimedOut": ("times-out", "CHECK_POLICY"),
    "SasTaskStalled": ("stalls", "CHECK_POLICY"),
    "SasTaskNotStarted": ("starts-late", "CHECK_ITEM"),
    "SasTaskRunningLong": ("runs-long", "CHECK_ALL"),
    "SasTaskCompletedWithFailures": ("fails-subtasks", "CHECK_POLICY"),
}
# And those of targets, each with the one that has it.
OF_TARGETS = {
    "SasExpectedCheckMissing": "check-missing",
    "SasContractDrift": "unknown-status",
    "SasPollFailing": "refused",
    "SasCredentialsExpiring": "expiring",
}


class BothWays(AlertLoop):
    def set_up_targets(self) -> None:
        for scenario, task_type in OF_TASKS.values():
            self.watch(scenario, f"alerts/{scenario}", task_type)
        self.watch("check-missing", "alerts/check-missing", "CHECK_SCHEDULE")
        self.watch("unknown-status", "alerts/unknown-status", "CHECK_INSTANCE")

        self.ring = KeyRing(self.directory / "keys.json")
        self.key = self.ring.mint("refused")
        key = {"access_key_id": self.key.id, "access_key_secret": self.key.secret}
        credentials = {"type": "access_key", **key}
        self.watch("refused", "alerts/quiet", "CHECK_ITEM", keys=self.ring.file, credentials=credentials)
        self.giver = KeyGiver(self, life=20, ring=self.ring, name="expiring")
        uri = {"type": "credentials_uri", "uri": self.giver.url}
        self.watch("expiring", "alerts/quiet", "CHECK_ITEM", keys=self.ring.file, credentials=uri)

    def tasks_of(self, name: str, task_type: str) -> set[str]:
        """The ids that the service gave, by its own account."""
        lines = self.simulators[name].journal.read_text().split("\n")[:-1]
        steps = [json.loads(line) for line in lines]
        return {step["task_id"] for step in steps if step["task_type"] == task_type}

    def told_of(self, alert: str, way: str, status: str, target: str) -> set[str]:
        """The ids of tasks."""
        return {notice.labels["task_id"] for notice in self.notices(alert, way, target=target) if notice.status == status}

    def check_task(self, alert: str, target: str, task_type: str) -> None:
        def look() -> set[str]:
            """The tasks that all are agreed upon."""
            sides = [self.told_of(alert, way, status, target) for way in WAYS for status in ("firing", "resolved")]
            return set.intersection(*sides) or None

        tasks = until(look, f"a task with {alert} fires and resolves both ways", PATIENCE)
        self.assertLessEqual(tasks, self.tasks_of(target, task_type))
        for way in WAYS:
            for notice in self.notices(alert, way, target=target):
                self.assertEqual(notice.labels["task_type"], task_type)
                words = notice.annotations["summary"] + notice.annotations["description"]
                self.assertIn(notice.labels["task_id"], words)
                self.assert_says_what_it_must(notice)

    def check_target(self, alert: str, status: str, **labels: str) -> None:
        for way in WAYS:
            notice = self.await_notice(status, alert, way, **labels)
            self.assertNotIn("task_id", notice.labels)
            self.assert_says_what_it_must(notice)

    def test_each_alert_of_the_daemon_arrives_and_resolves(self) -> None:
        self.set_up_targets()
        alertmanager = self.alertmanager(plain_config(self.pager))
        exporter = self.run_daemon(alertmanager)
        prometheus = self.run_prometheus(alertmanager, exporter)
        exporter.await_value(1, "up", target="refused")
        exporter.await_value(1, "up", target="expiring")
        known = {sample.labels["alert"] for sample in exporter.scrape().find("alerts_firing")}
        self.assertEqual({NAMES[alert] for alert in known}, OF_TASKS.keys() | OF_TARGETS.keys())

        self.ring.end(self.key)
        self.giver.is_down = True
        self.check_target("SasPollFailing", "firing", target="refused")
        self.check_target("SasCredentialsExpiring", "firing", target="expiring")
        self.ring.revive(self.key)
        self.giver.is_down = False
        for alert, (target, task_type) in OF_TASKS.items():
            with self.subTest(alert):
                self.check_task(alert, target, task_type)
        self.check_both_count_the_same_failures()
        for status in ("firing", "resolved"):
            self.check_target("SasExpectedCheckMissing", status, target="check-missing", task_type="CHECK_SCHEDULE")
            self.check_target("SasContractDrift", status, target="unknown-status")
        self.check_target("SasPollFailing", "resolved", target="refused")
        self.check_target("SasCredentialsExpiring", "resolved", target="expiring")
        self.assert_nobody_cried_wolf()
        self.assert_no_secret_is_told(exporter)
        self.assertEqual(set(prometheus.rule_groups("evaluation_failures").values()), {0})
        self.assertEqual(exporter.scrape().total("notifications_total", sink="alertmanager", result="dropped"), 0)

    def assert_no_secret_is_told(self, exporter: Exporter) -> None:
        secrets = {key.id: key.secret for key in self.ring.keys.values()}
        secrets |= {f"token of {key.id}": key.token for key in self.ring.keys.values() if key.token}
        secrets |= {target["name"]: target["credentials"].get("access_key_secret", self.key.secret) for target in self.targets}
        texts = {"log": exporter.process.text(), "told": "".join(told.body for told in self.pager.told)}
        self.assertGreater(len(secrets), len(self.targets))
        self.assertEqual(leaks(texts, secrets), [])

    def check_both_count_the_same_failures(self) -> None:
        told: dict[str, dict[str, set[str]]] = {}  # how many, by task and way
        for way in WAYS:
            for notice in self.notices("SasTaskCompletedWithFailures", way):
                if notice.status != "firing":
                    continue
                number = re.search(r"(\d+) (?:of its )?subtasks failed", notice.annotations["description"])
                self.assertIsNotNone(number, notice)
                told.setdefault(notice.labels["task_id"], {}).setdefault(way, set()).add(number[1])
        in_both = [ways for ways in told.values() if ways.keys() == set(WAYS)]
        self.assertTrue(in_both)
        for ways in in_both:
            self.assertEqual(ways["daemon"], ways["rules"])
            self.assertEqual(len(ways["daemon"]), 1)

    def assert_nobody_cried_wolf(self) -> None:
        """What the daemon tells itself comes from the target that was made to have it, and from no other."""
        made = OF_TARGETS | {alert: target for alert, (target, _) in OF_TASKS.items()}
        for notice in self.pager.notices():
            if notice.name in made and notice.name != "SasPollFailing":  # polls of the expired key fail as well
                self.assertEqual(notice.labels["target"], made[notice.name], notice)


if __name__ == "__main__":
    main()
