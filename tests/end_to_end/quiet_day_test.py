#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Where all is well nobody is told of anything, neither by the daemon nor by the rules, whatever runs and completes meanwhile;
and that this is no dead line is seen by the first trouble, which is told at once."""

from support.alert_loop import PATIENCE, WAYS, AlertLoop, plain_config
from support.hurried_rules import Hurry
from support.key_ring import KeyRing
from support.peers import Exporter, Prometheus
from support.receivers import Webhook
from support.testcase import main
from support.wait import until

TYPES = ("CHECK_SCHEDULE", "CHECK_ALL", "CHECK_POLICY", "CHECK_ITEM", "CHECK_INSTANCE")
POLLS = 50
COMPLETED = 4  # of each type
EVALUATIONS = 30  # of each group of rules; more than `LASTS` and the windows take, at one a second
# What has to last does so for longer than a busy machine may hold up a scrape or a poll. Tasks take up to 6 s.
LASTS = 8
HURRY = Hurry(stalled=8, not_started=8, running=12, stale=15, lasts=LASTS, poll_failing_lasts=LASTS)


class QuietDay(AlertLoop):
    def await_quiet_time(self, exporter: Exporter, prometheus: Prometheus) -> None:
        exporter.await_at_least(POLLS, "polls_total", target="production", result="complete")
        for task_type in TYPES:
            exporter.await_at_least(COMPLETED, "task_transitions_total", task_type=task_type, to="complete")
        until(lambda: self.fewest_evaluations(prometheus) >= EVALUATIONS, f"{EVALUATIONS} evaluations", PATIENCE)

    def fewest_evaluations(self, prometheus: Prometheus) -> float:
        """Of any group but the one that looks four times an hour and alerts of nothing."""
        counts = prometheus.rule_groups("group_iterations")
        counts.pop("sas-operation-learned-durations")
        return min(counts.values())

    def test_nothing_is_told_until_something_is_wrong(self) -> None:
        ring = KeyRing(self.directory / "keys.json")
        key = ring.mint("production")
        credentials = {"type": "access_key", "access_key_id": key.id, "access_key_secret": key.secret}
        self.watch("production", "alerts/quiet", keys=ring.file, credentials=credentials)
        hook = Webhook(self)
        alertmanager = self.alertmanager(plain_config(self.pager))
        limits = {
            "stalled_after": f"{HURRY.stalled}s",
            "not_started_after": f"{HURRY.not_started}s",
            "running_longer_than": f"{HURRY.running}s",
            "poll_failing_after": f"{LASTS}s",
        }
        exporter = self.run_daemon(
            alertmanager,
            {"type": "webhook", "name": "hook", "url": hook.url},
            alerts=limits,
            state={"file": str(self.directory / "state")},
            # So that the list does not get longer, however long this takes.
            poll={"lookback": "1m", "request_timeout": "20s", "max_requests_per_second": 8},
        )
        prometheus = self.run_prometheus(alertmanager, exporter, hurry=HURRY)
        self.await_quiet_time(exporter, prometheus)

        samples = exporter.scrape()
        self.assertEqual(samples.total("alerts_firing"), 0)
        self.assertEqual(samples.total("task_transitions_total", to="timed_out"), 0)
        self.assertEqual(exporter.process.lines('msg="alert '), [])
        self.assertEqual(prometheus.query('max_over_time(ALERTS{alertstate="firing"}[10m])'), [])
        self.assertEqual(set(prometheus.rule_groups("evaluation_failures").values()), {0})
        self.assertEqual(self.pager.notices(), [])
        self.assertEqual(hook.asked, [])

        ring.end(key)
        for way in WAYS:
            self.await_notice("firing", "SasPollFailing", way, target="production")
        until(lambda: ("poll_failing", "", "firing") in hook.alerts(), "the webhook hears of it")


if __name__ == "__main__":
    main()
