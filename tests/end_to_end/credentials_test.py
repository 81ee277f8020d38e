#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every way to a key, from the settings to the signature that the simulated service checks."""

import json
import os
import resource
import signal
import subprocess

from support.credentials import PROVIDER_ARN, ROLE, CredentialsTest
from support.key_giver import OIDC_TOKEN, KeyGiver
from support.peers import ACCESS_KEY_ID, ACCESS_KEY_SECRET, target
from support.testcase import main

KEY = {"access_key_id": ACCESS_KEY_ID, "access_key_secret": ACCESS_KEY_SECRET}


class Credentials(CredentialsTest):
    def watching(self, **credentials: object):
        simulator = self.simulator("busy-day")
        return self.exporter(simulator, "--log.level=debug", targets=[target(simulator, credentials=credentials)])

    def assert_signs(self, provider: str | None = None, **credentials: object) -> None:
        exporter = self.watching(**credentials)
        samples = exporter.await_value(1, "up")
        if provider:
            labels = {"target": "production", "provider": provider}
            self.assertEqual(samples.value("credentials_refreshes_total", result="ok", **labels), 1)
            self.assertEqual(samples.value("credentials_refreshes_total", result="failed", **labels), 0)
            self.assertGreater(samples.value("credentials_expiry_timestamp_seconds", target="production"), 1e9)
        else:
            self.assertEqual(samples.find("credentials_expiry_timestamp_seconds"), [])
        self.assertNotIn(OIDC_TOKEN, exporter.process.text())

    def test_a_credentials_uri(self) -> None:
        self.assert_signs("credentials_uri", type="credentials_uri", uri=KeyGiver(self).url + "/key")

    def test_a_role_by_oidc(self) -> None:
        file = self.write("token", OIDC_TOKEN)
        giver = KeyGiver(self)
        self.set_variable("ALIBABA_CLOUD_OIDC_PROVIDER_ARN", PROVIDER_ARN)
        self.assert_signs(
            "oidc_role_arn", type="oidc_role_arn", role_arn=ROLE, oidc_token_file=file, sts_endpoint=giver.url
        )

    def test_a_role_on_top_of_a_key_and_over_another_role(self) -> None:
        giver = KeyGiver(self)
        exporter = self.watching(
            type="ram_role_arn", source="access_key", via=[ROLE], role_arn=ROLE, sts_endpoint=giver.url, **KEY
        )
        samples = exporter.await_value(1, "up")
        self.assertEqual(samples.value("credentials_refreshes_total", provider="ram_role_arn", result="ok"), 2)
        self.assertEqual(giver.asked, ["AssumeRole", "AssumeRole"])

    def test_a_profile_of_the_cli(self) -> None:
        profile = {"name": "p", "mode": "AK", **KEY}
        file = self.write("config.json", json.dumps({"current": "p", "profiles": [profile]}))
        self.assert_signs(type="profile", config_file=file)

    def test_the_folder_that_systemd_fills(self) -> None:
        for name, text in KEY.items():
            self.write(f"credentials/{name}", text, 0o400)
        self.set_variable("CREDENTIALS_DIRECTORY", str(self.path("credentials")))
        self.assert_signs(type="access_key", **{f"{name}_file": f"${{CREDENTIALS_DIRECTORY}}/{name}" for name in KEY})

    def test_a_program_that_prints_a_key(self) -> None:
        program = self.write("get-key", "#!/bin/sh\ncat <<'END'\n" + json.dumps({"mode": "AK", **KEY}) + "\nEND\n", 0o700)
        profile = {"name": "p", "mode": "External", "process_command": program}
        file = self.write("config.json", json.dumps({"current": "p", "profiles": [profile]}))
        exporter = self.watching(type="profile", config_file=file)
        exporter.await_value(1, "up")

    def test_the_chain_finds_what_stands_in_the_home(self) -> None:
        self.set_variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
        exporter = self.watching(type="default")
        exporter.await_at_least(1, "polls_total", result="failed")
        self.assertTrue(exporter.process.lines("no credentials found: .*config.json: No such file"))
        text = f"[default]\ntype = access_key\naccess_key_id = {ACCESS_KEY_ID}\naccess_key_secret = {ACCESS_KEY_SECRET}\n"
        self.write(".alibabacloud/credentials", text)
        exporter.await_value(1, "up")
        self.assertEqual(len(exporter.process.lines('msg="credentials found".* provider=credentials_file')), 1)

    def test_a_source_that_is_down_is_asked_again_and_no_storm(self) -> None:
        giver = KeyGiver(self)
        giver.is_down = True
        exporter = self.watching(type="credentials_uri", uri=giver.url)
        exporter.await_at_least(2, "credentials_refreshes_total", result="failed")
        giver.is_down = False
        exporter.await_value(1, "up")
        self.assertLess(len(giver.asked), 10)

    def test_keys_that_do_not_last_are_replaced_without_a_failed_poll(self) -> None:
        giver = KeyGiver(self, life=13)  # so short that ten seconds pass between two
        exporter = self.watching(type="credentials_uri", uri=giver.url)
        samples = exporter.await_at_least(3, "credentials_refreshes_total", result="ok")
        self.assertEqual(samples.value("polls_total", result="failed"), 0)

    def test_targets_with_the_same_credentials_share_a_key(self) -> None:
        giver = KeyGiver(self)
        simulator = self.simulator("busy-day")
        credentials = {"type": "credentials_uri", "uri": giver.url}
        targets = [target(simulator, name=f"t{i}", credentials=credentials) for i in range(20)]
        exporter = self.exporter(simulator, targets=targets)
        exporter.await_at_least(20, "up")
        self.assertEqual(len(giver.asked), 1)
        self.assertEqual(exporter.scrape().total("credentials_refreshes_total", result="ok"), 20)

    def test_no_core_is_dumped(self) -> None:
        """Whoever crashes leaves no file with keys in it. A process of another kind shows that one could have been left."""
        limits = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (limits[1], limits[1]))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CORE, limits)
        other = subprocess.Popen(["sleep", "1000"], cwd=self.directory)
        exporter = self.watching(type="access_key", **KEY)
        exporter.await_value(1, "up")
        dumped = []
        for pid in (other.pid, exporter.process.running.pid):
            os.kill(pid, signal.SIGABRT)
            dumped.append(os.WCOREDUMP(os.waitpid(pid, 0)[1]))
        other.wait()
        if not dumped[0]:
            self.skipTest("nobody dumps a core on this machine")
        self.assertFalse(dumped[1])


if __name__ == "__main__":
    main()
