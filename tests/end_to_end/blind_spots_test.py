#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Each alert that Prometheus alone tells, of what the daemon cannot see or say, is provoked, arrives through Alertmanager, and
resolves. None of the shipped alerts is left out."""

from alert_loop_test import OF_TARGETS, OF_TASKS
from support.alert_loop import SEVERITIES, AlertLoop, plain_config
from support.hurried_rules import shipped_alerts
from support.key_ring import KeyRing
from support.peers import Exporter, get
from support.receivers import Webhook
from support.testcase import EndToEnd, main

# What is to arrive, by labels besides those of the scrape.
PROVOKED = {
    "SasAuthenticationFailing": {"target": "refused"},
    "SasDataStale": {"target": "refused"},
    "SasPermissionMissing": {"target": "not-permitted"},
    "SasThrottled": {"target": "throttled"},
    "SasBudgetExhausted": {"target": "long-history"},
    "SasTaskSeriesDropped": {"target": "too-many"},
    "SasUnknownStatus": {"target": "unknown-status", "task_type": "CHECK_INSTANCE"},
    "SasClockSkewed": {"target": "clock-ahead"},
    "SasNotificationsFailing": {"sink": "dead"},
    "SasStateFileFailing": {},
    "SasConfigReloadFailed": {},
    "SasExporterAbsent": {},
}


class BlindSpots(AlertLoop):
    def set_up_targets(self) -> None:
        self.ring = KeyRing(self.directory / "keys.json")
        self.key = self.ring.mint("refused")
        key = {"type": "access_key", "access_key_id": self.key.id, "access_key_secret": self.key.secret}
        self.watch("refused", "alerts/quiet", keys=self.ring.file, credentials=key)
        self.watch("unknown-status", "alerts/unknown-status")
        self.watch("too-many", "alerts/too-many")
        ill = ("not-permitted", "throttled", "long-history", "clock-ahead")
        self.lines = [self.watch_over(name, f"alerts/{name}", "alerts/quiet") for name in ill]

    def spare(self, address: str) -> Exporter:
        """A second daemon, which comes and goes."""
        arguments = [f"--web.listen-address={address}"]
        return self.exporter(None, *arguments, targets=self.targets[:1], alerts={"sinks": []})

    def spoil(self, exporter: Exporter) -> None:
        good = exporter.config.read_text()
        exporter.config.write_text("targets: [")
        self.assertEqual(get(exporter.address, "/-/reload", method="POST").status, 500)
        exporter.config.write_text(good)

    def mend(self, exporter: Exporter) -> None:
        self.assertEqual(get(exporter.address, "/-/reload", method="POST").status, 200)

    def await_all(self, status: str, instances: dict[str, str]) -> None:
        for name, labels in PROVOKED.items():
            with self.subTest(alert=name, status=status):
                notice = self.await_notice(status, name, "rules", instance=instances[name], **labels)
                self.assert_says_what_it_must(notice)

    def test_each_alert_of_the_rules_alone_arrives_and_resolves(self) -> None:
        self.set_up_targets()
        dead = Webhook(self)
        dead.refuses, dead.retry_after = (503, {}), 1
        state = self.directory / "gone" / "state"
        alertmanager = self.alertmanager(plain_config(self.pager))
        exporter = self.run_daemon(
            alertmanager,
            {"type": "webhook", "name": "dead", "url": dead.url, "transitions": True},
            state={"file": str(state)},
            metrics={"task_retention": "6s", "max_tasks": 5},
        )
        spare = self.spare("127.0.0.1:0")
        prometheus = self.run_prometheus(alertmanager, exporter, spare)
        prometheus.await_value("sum(up)", 2)
        exporter.await_value(1, "up", target="refused")

        self.ring.end(self.key)
        self.spoil(exporter)
        spare.process.stop()
        instances = {name: exporter.address for name in PROVOKED} | {"SasExporterAbsent": spare.address}
        self.await_all("firing", instances)

        self.ring.revive(self.key)
        self.mend(exporter)
        for line in self.lines:
            line.put_through()
        dead.refuses = None
        state.parent.mkdir()
        self.spare(spare.address)
        self.await_all("resolved", instances)
        self.assertEqual(set(prometheus.rule_groups("evaluation_failures").values()), {0})
        told_by_daemon = {notice.name for notice in self.pager.notices() if notice.way() == "daemon"}
        self.assertEqual(told_by_daemon & PROVOKED.keys(), set(), "these are told by the rules alone")


class Completeness(EndToEnd):
    def test_every_shipped_alert_is_provoked(self) -> None:
        shipped = shipped_alerts()
        groups = (PROVOKED.keys(), OF_TASKS.keys(), OF_TARGETS.keys())
        named = sorted(name for group in groups for name in group)
        self.assertEqual(named, sorted(shipped), "each once")
        self.assertEqual({name: rule["labels"]["severity"] for name, rule in shipped.items()}, SEVERITIES)


if __name__ == "__main__":
    main()
