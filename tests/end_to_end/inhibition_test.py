#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The shipped configuration of Alertmanager: who is told of what, and what is not told beside that which explains it."""

import re

from support.alert_loop import PATIENCE, WAYS, AlertLoop
from support.hurried_rules import Hurry
from support.key_ring import KeyRing
from support.peers import ROOT, Alertmanager
from support.receivers import Pager
from support.testcase import main
from support.wait import until

SHIPPED = ROOT / "deploy" / "prometheus" / "alertmanager.yml"
HOOKS = {f"https://hooks.example{path}": path for path in ("/on-call", "/chat", "/digest")}
WAITS = {"group_wait: 30s": 1, "group_wait: 10s": 3, "group_wait: 10m": 1, "group_interval: 5m": 1, "group_interval: 1h": 1}
# What is muted has not been told before what mutes it, as with the shipped `for`.
HURRY = Hurry(lasts=1, poll_failing_lasts=6, stale=6)


def shipped_config(pager: Pager) -> str:
    """With the receivers of this test, and in a hurry."""
    text = SHIPPED.read_text()
    for address, path in HOOKS.items():
        assert text.count(address + "\n") == 1, f"{address} is not there once"
        text = text.replace(address + "\n", f"{pager.url}{path}\n")
    for wait, seconds in WAITS.items():
        assert text.count(wait + "\n") == 1, f"{wait!r} is not there once"
        text = text.replace(wait + "\n", f"{wait.partition(':')[0]}: {seconds}s\n")
    left = re.search(r"hooks\.example/|group_(?:wait|interval): \d+[mhd]", text)
    assert not left, f"nobody has hurried {left[0]!r}"
    return text


class ShippedConfiguration(AlertLoop):
    def await_state(self, alertmanager: Alertmanager, state: str, name: str, way: str) -> dict:
        """Of the alert within Alertmanager: active, or suppressed."""

        def look() -> dict | None:
            for alert in alertmanager.alerts():
                its_way = "rules" if "job" in alert["labels"] else "daemon"
                if (alert["labels"]["alertname"], its_way, alert["status"]["state"]) == (name, way, state):
                    return alert
            return None

        return until(look, f"{name} of the {way} is {state}", PATIENCE)

    def names_of(self, alertmanager: Alertmanager, fingerprints: list[str]) -> set[str]:
        names = {alert["fingerprint"]: alert["labels"]["alertname"] for alert in alertmanager.alerts()}
        return {names[fingerprint] for fingerprint in fingerprints}

    def assert_muted_by(self, alertmanager: Alertmanager, muter: str, name: str, way: str) -> None:
        def look() -> bool:
            alert = self.await_state(alertmanager, "suppressed", name, way)
            return muter in self.names_of(alertmanager, alert["status"]["inhibitedBy"])

        until(look, f"{muter} mutes {name} of the {way}", PATIENCE)

    def test_what_explains_another_alert_mutes_it(self) -> None:
        ring = KeyRing(self.directory / "keys.json")
        key = ring.mint("production")
        credentials = {"type": "access_key", "access_key_id": key.id, "access_key_secret": key.secret}
        self.watch("production", "alerts/times-out", keys=ring.file, credentials=credentials)
        alertmanager = self.alertmanager(shipped_config(self.pager))
        exporter = self.run_daemon(alertmanager, metrics={"task_retention": "1h"})
        self.run_prometheus(alertmanager, exporter, hurry=HURRY)
        for way in WAYS:
            self.assertEqual(self.await_notice("firing", "SasTaskTimedOut", way).path, "/chat")

        ring.end(key)
        self.assertEqual(self.await_notice("firing", "SasAuthenticationFailing", "rules").path, "/on-call")
        self.assertEqual(self.await_notice("firing", "SasPollFailing", "daemon").path, "/on-call")
        self.assert_muted_by(alertmanager, "SasPollFailing", "SasTaskTimedOut", "daemon")
        for name in ("SasPollFailing", "SasDataStale"):
            self.assert_muted_by(alertmanager, "SasAuthenticationFailing", name, "rules")
        self.assert_muted_by(alertmanager, "SasPollFailing", "SasTaskTimedOut", "rules")
        for name in ("SasPollFailing", "SasDataStale"):
            self.assertEqual(self.notices(name, "rules"), [], "it was muted before anybody was told")

        ring.revive(key)
        self.assertEqual(self.await_notice("resolved", "SasAuthenticationFailing", "rules").path, "/on-call")
        self.assertEqual(self.await_notice("resolved", "SasPollFailing", "daemon").path, "/on-call")
        for way in WAYS:
            self.await_state(alertmanager, "active", "SasTaskTimedOut", way)

    def test_info_goes_to_the_digest(self) -> None:
        self.watch("production", "alerts/unknown-status")
        alertmanager = self.alertmanager(shipped_config(self.pager))
        exporter = self.run_daemon(alertmanager)
        self.run_prometheus(alertmanager, exporter)
        for way in WAYS:
            self.assertEqual(self.await_notice("firing", "SasContractDrift", way).path, "/digest")


if __name__ == "__main__":
    main()
