#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The Debian package on a machine with systemd: what it brings, what an upgrade keeps, and what is left when it goes."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from support import machine
from support.machine import Machine
from support.peers import ROOT

NAME = "sas-operation-exporter"
UNIT = f"{NAME}.service"
CONFIG = f"/etc/{NAME}/config.yml"
ENVIRONMENT = f"/etc/default/{NAME}"
STATE = f"/var/lib/private/{NAME}/kept"  # beside what the daemon writes there
# A target that nobody answers for: the service runs, and says that polls fail.
SOME_TARGET = """
targets:
  - {name: nobody, endpoint: "https://127.0.0.1:9", credentials: {type: access_key, access_key_id: a, access_key_secret: b}}
state: {file: /var/lib/sas-operation-exporter/state}
"""


class Package(unittest.TestCase):
    def setUp(self) -> None:
        scratch = tempfile.TemporaryDirectory(prefix="sas-package-")
        self.addCleanup(scratch.cleanup)
        self.directory = pathlib.Path(scratch.name)
        self.package = machine.enter()

    def boot(self) -> Machine:
        booted = Machine(self.package)
        self.addCleanup(booted.stop)
        return booted

    def later(self) -> pathlib.Path:
        """The next release: another version, whose conffiles have one more line."""
        tree = self.directory / "later"
        subprocess.run(["dpkg-deb", "--raw-extract", self.package, tree], check=True)
        control = tree / "DEBIAN/control"
        control.write_text(re.sub(r"(?m)^Version: .*", "Version: 99.0-1", control.read_text()))
        for conffile in (CONFIG, ENVIRONMENT, f"/usr/share/{NAME}/config.yml"):
            with (tree / conffile.lstrip("/")).open("a") as file:
                file.write("# of the next release\n")
        package = self.directory / "later.deb"
        subprocess.run(["dpkg-deb", "--root-owner-group", "--build", tree, package], check=True, capture_output=True)
        return package

    def state_of(self, booted: Machine) -> tuple[str, str]:
        shown = booted.show(UNIT)
        return shown["ActiveState"], shown["UnitFileState"]

    def run_with_a_target(self, booted: Machine) -> str:
        """Its process."""
        booted.write(CONFIG, SOME_TARGET, mode=0o640)
        booted.run("systemctl", "start", UNIT)
        booted.write(STATE, "")  # a target that never answered leaves nothing to remember
        return booted.show(UNIT)["MainPID"]

    def test_lintian_finds_nothing(self) -> None:
        run = subprocess.run(
            ["lintian", "--allow-root", "--fail-on=error,warning", self.package], capture_output=True, text=True
        )
        self.assertEqual((run.returncode, run.stdout), (0, ""))

    def test_the_same_sources_make_the_same_bytes(self) -> None:
        once = self.package.read_bytes()
        for path in (ROOT / "systemd").iterdir():
            os.utime(path)  # as another checkout would have it
        self.assertEqual(machine.build_package().read_bytes(), once)

    def test_installed_it_waits_for_targets(self) -> None:
        booted = self.boot()
        said = booted.install(self.package)
        self.assertIn(f"is not started: write your targets to {CONFIG}", said)
        self.assertEqual(self.state_of(booted), ("inactive", "enabled"))
        self.assertEqual(booted.run("systemctl", "--failed", "--quiet"), "")
        self.assertEqual(booted.run("stat", "--format=%a %U %G", CONFIG).split(), ["640", "root", NAME])
        self.assertIn("targets", booted.run(NAME, "check-config", check=False))
        # Whoever starts it all the same gets one clear answer, and no loop.
        self.assertNotEqual(booted.code("systemctl", "start", UNIT), 0)
        self.assertEqual((booted.show(UNIT)["NRestarts"], booted.show(UNIT)["ExecMainStatus"]), ("0", "2"))

    def test_it_brings_rules_runbooks_dashboards_and_policy(self) -> None:
        booted = self.boot()
        booted.install(self.package)
        share = f"/usr/share/{NAME}"
        for source, path in {
            "deploy/prometheus/alerts.yml": f"{share}/prometheus/alerts.yml",
            "deploy/prometheus/recording.yml": f"{share}/prometheus/recording.yml",
            "deploy/prometheus/runbooks/SasTaskStalled.md": f"{share}/prometheus/runbooks/SasTaskStalled.md",
            "deploy/grafana/dashboards/checks.json": f"{share}/grafana/dashboards/checks.json",
            "config/ram-policy.json": f"{share}/ram-policy.json",
            "config/webhook.schema.json": f"{share}/webhook.schema.json",
            f"systemd/{UNIT}": f"/usr/lib/systemd/system/{UNIT}",
        }.items():
            self.assertEqual(booted.read(path), (ROOT / source).read_text(), path)
        self.assertEqual(booted.run("dpkg", "--verify", NAME), "")
        self.assertRegex(booted.run(f"{share}/prometheus/set_urls.sh", "--runbooks=https://a.b"), "https://a.b/SasTaskStalled.md")

    def test_an_upgrade_keeps_what_was_edited_and_the_state(self) -> None:
        booted = self.boot()
        booted.install(self.package)
        process = self.run_with_a_target(booted)
        booted.install(self.package)
        self.assertEqual(booted.read(CONFIG), SOME_TARGET)
        again = booted.show(UNIT)["MainPID"]
        self.assertNotEqual(again, process)  # started anew

        booted.install(self.later(), "--force-confdef", "--force-confold")
        self.assertEqual(booted.read(CONFIG), SOME_TARGET)
        self.assertEqual(booted.run("stat", "--format=%a", CONFIG).strip(), "640")
        self.assertIn("of the next release", booted.read(ENVIRONMENT))  # was as shipped, and follows
        self.assertEqual(self.state_of(booted), ("active", "enabled"))
        self.assertNotEqual(booted.show(UNIT)["MainPID"], again)
        self.assertTrue(booted.exists(STATE))

    def test_an_upgrade_leaves_alone_who_was_switched_off(self) -> None:
        booted = self.boot()
        booted.install(self.package)
        self.run_with_a_target(booted)
        booted.run("systemctl", "disable", "--now", UNIT)
        booted.install(self.later(), "--force-confdef", "--force-confold")
        self.assertEqual(self.state_of(booted), ("inactive", "disabled"))

    def test_removed_it_stops_and_keeps_the_configuration_and_comes_back(self) -> None:
        booted = self.boot()
        booted.install(self.package)
        self.run_with_a_target(booted)
        booted.run("dpkg", "--remove", NAME)
        self.assertEqual(booted.show(UNIT)["ActiveState"], "inactive")
        self.assertFalse(booted.exists(f"/usr/bin/{NAME}"))
        self.assertEqual(booted.read(CONFIG), SOME_TARGET)
        booted.install(self.package)
        self.assertEqual(self.state_of(booted), ("active", "enabled"))

    def test_purged_it_leaves_nothing_but_its_user(self) -> None:
        booted = self.boot()
        before = set(booted.files("/etc", "/usr", "/var/lib"))
        booted.install(self.package)
        self.run_with_a_target(booted)
        booted.run("dpkg", "--purge", NAME)
        left = {path for path in set(booted.files("/etc", "/usr", "/var/lib")) - before if NAME in path}
        self.assertEqual(left, set())
        self.assertIn(NAME, booted.read("/etc/passwd"))
        self.assertEqual(booted.run("systemctl", "--failed", "--quiet"), "")


if __name__ == "__main__":
    machine.enter()
    unittest.main(verbosity=2)
