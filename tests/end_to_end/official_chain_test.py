#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""In every environment of support/chain_cases.py the daemon signs with the key that the official library finds there, or the
case says why not. Both run with nothing but that environment, in a network where the cloud's addresses are the test's own."""

import json
import os
import pathlib
import re

from support import own_network
from support.chain_cases import GROUPS, HOME, URI, WAITS, Case
from support.fixed_services import FixedServices, key
from support.official import Official
from support.peers import EXPORTER, Simulator, target
from support.process import SANITIZER, Process
from support.testcase import EndToEnd, main
from support.wait import until

NOBODY = re.compile(r"no credentials found|is set up, so no other credentials are looked for")


def all_keys() -> set[str]:
    """Every key that a case may lead to, and some that it must not."""
    named = {name for cases in GROUPS.values() for case in cases for name in (case.official, case.ours)}
    return {name for name in named if name and name != WAITS} | {"other", "STS.AssumeRole.first"}


class OfficialChain(EndToEnd):
    def setUp(self) -> None:
        super().setUp()
        if not own_network.IS_INSIDE:
            self.skipTest("this machine lets nobody have a network of their own (unshare --net)")
        self.authority, private_key = own_network.make_certificate(self.directory)
        self.services = FixedServices(self.authority, private_key)
        self.addCleanup(self.services.close)

    def furnish(self, case: Case, home: pathlib.Path) -> dict[str, str]:
        """Writes the case's files. Its environment, and nothing else."""

        def filled(text: str) -> str:
            return text.replace(HOME, str(home)).replace(URI, self.services.uri)

        files = dict(case.files)
        if case.cli is not None:
            files[".aliyun/config.json"] = case.cli if isinstance(case.cli, str) else json.dumps(case.cli)
        if case.ini is not None:
            files[".alibabacloud/credentials"] = case.ini
        for name, text in files.items():
            path = home / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(filled(text), newline="")
            path.chmod(0o700 if text.startswith("#!") else 0o600)
        trust = {"SSL_CERT_FILE": str(self.authority), "NODE_EXTRA_CA_CERTS": str(self.authority)}
        return {"HOME": str(home)} | trust | {name: filled(value) for name, value in case.variables.items()}

    def start_ours(self, simulator: Simulator, home: pathlib.Path, environment: dict[str, str]) -> Process:
        config = home / "exporter.yml"
        targets = [target(simulator, credentials={"type": "default"})]
        config.write_text(json.dumps({"targets": targets, "web": {"listen_address": ["127.0.0.1:0"]}, "poll": {"max_retries": 0}}))
        command = [str(EXPORTER), f"--config.file={config}", "--log.level=debug"]
        return Process("exporter", command, home / "exporter.log", environment)

    def signed(self, simulator: Simulator, process: Process, before: int) -> str | None:
        """The key that the daemon's first call was signed with; the simulator must have found the signature right."""

        def look() -> list | None:
            calls = simulator.answered()[before:]
            if calls:
                return [calls[0]["key_id"] if calls[0]["code"] == "OK" else calls[0]["code"]]
            said = NOBODY.search(process.text())
            if not said and not process.is_alive():
                raise AssertionError("the exporter has ended")
            return [None if said[0].startswith("no ") else WAITS] if said else None

        return until(look, "the exporter has a key, or says why not")[0]

    def play(self, case: Case, simulator: Simulator, home: pathlib.Path) -> None:
        self.services.settle(case.sts, case.metadata)
        environment = self.furnish(case, home)
        before = len(simulator.answered())
        official = Official("resolve.js", environment)
        ours = self.start_ours(simulator, home, environment)
        try:
            found = official.result()
            signed = self.signed(simulator, ours, before)
        finally:
            code = ours.stop()
        context = f"official: {found}; ours: {signed}\n{ours.output}"
        if case.official:
            self.assertEqual((found.get("id"), found.get("secret"), found.get("token")), key(case.official), context)
        else:
            self.assertIn("error", found, context)
        self.assertEqual(signed, case.official if case.ours == "" else case.ours, context)
        self.assertEqual(code, 0, context)
        self.assertIsNone(SANITIZER.search(ours.output), context)
        self.assertNotIn("secret/of+", ours.output)
        self.assertNotIn("token/of=", ours.output)
        if not case.why:
            self.assertEqual(self.services.asked["ours"], self.services.asked["official"])

    def play_all(self, group: str) -> None:
        known = (":".join(part for part in key(name) if part) for name in all_keys())
        simulator = self.simulator("busy-day", time_scale=0, access_keys=known)
        share, count = (int(number) for number in os.environ.get("SAS_SHARE", "0/1").split("/"))
        for number, case in enumerate(GROUPS[group][share::count]):
            self.assertEqual(case.ours == "", case.why == "", f"{case.name}: why does ours differ?")
            home = self.directory / f"home-{number}"
            home.mkdir()
            with self.subTest(case.name):
                self.play(case, simulator, home)


for group_name in GROUPS:

    def test(self: OfficialChain, group: str = group_name) -> None:
        self.play_all(group)

    setattr(OfficialChain, f"test_{group_name}", test)

if __name__ == "__main__":
    own_network.enter()
    main()
