#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Each way in which each source of keys fails, all in one daemon: what is wrong is told, none holds up another, and what is
put right works without a restart."""

import ctypes
import os
import pathlib
import socket

from support.credentials import PROVIDER_ARN, ROLE, CredentialsTest, config_text
from support.key_giver import KeyGiver
from support.peers import ACCESS_KEY_ID, ACCESS_KEY_SECRET, Exporter, target
from support.testcase import main
from support.wait import until

KEY = {"access_key_id": ACCESS_KEY_ID, "access_key_secret": ACCESS_KEY_SECRET}
MARK = "m4rked-secret-of-a-program"
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2

# What an address answers, and what is told then.
URI_ANSWERS = {
    "refused": (403, {"Code": "Forbidden"}, "credentials URI at .*: the answer is not 200"),
    "down": (503, b"", "credentials URI at .*: the answer is not 200"),
    "html": (200, b"<html>m4rked-secret-of-a-program</html>", "the answer is no JSON object"),
    "empty": (200, b"", "the answer is no JSON object"),
    "half": (200, {"AccessKeyId": "LTAI-half"}, "AccessKeySecret is missing or empty"),
}
STS_ANSWERS = {
    "not_allowed": (403, {"Code": "NoPermission", "Message": "no"}, "the role's trust policy must name whoever asks"),
    "no_role": (404, {"Code": "EntityNotExist.Role", "Message": "no"}, "check the account and the name in the role's ARN"),
    "throttled": (400, {"Code": "Throttling.User", "Message": "slow"}, "throttled"),
    "broken": (503, b"<html>gateway</html>", "AssumeRole of .*503"),
    "no_session": (200, {"RequestId": "R"}, "the answer has no object Credentials"),
    "no_secret": (200, {"Credentials": {"AccessKeyId": "STS.1"}}, "AccessKeySecret is missing or empty"),
}


class Failures(CredentialsTest):
    def setUp(self) -> None:
        super().setUp()
        if os.geteuid() == 0:  # whoever may read everything cannot be refused a file; the daemon may not
            for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
                ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
        self.targets: dict[str, dict] = {}
        self.told: dict[str, str] = {}  # a pattern for each target
        self.repairs: dict[str, list] = {}  # what puts it right

    def add(self, name: str, told: str, *repairs: object, **credentials: object) -> None:
        self.targets[name] = credentials
        self.told[name] = told
        self.repairs[name] = list(repairs)

    def run_all(self) -> Exporter:
        simulator = self.simulator("busy-day")
        targets = [target(simulator, name=name, credentials=keys) for name, keys in self.targets.items()]
        return self.exporter(simulator, "--log.level=debug", targets=targets)

    def assert_told_and_mended(self) -> None:
        exporter = self.run_all()
        until(lambda: self.with_a_value(exporter, "polls_total", result="failed") == set(self.told), "all have been polled")
        self.assertEqual(self.with_a_value(exporter, "up"), set())
        for name, told in self.told.items():
            self.assertTrue(exporter.process.lines(f"target={name} .*{told}"), f"{name}: {exporter.process.lines(name)[:5]}")
        for repairs in self.repairs.values():
            for repair in repairs:
                repair()
        mended = {name for name, repairs in self.repairs.items() if repairs}
        until(lambda: self.with_a_value(exporter, "up") == mended, f"{mended} work")
        self.assertNotIn(MARK, exporter.process.text())

    def with_a_value(self, exporter: Exporter, name: str, **labels: str) -> set[str]:
        """The targets whose metric is not zero."""
        return {sample.labels["target"] for sample in exporter.scrape().find(name, **labels) if sample.value}

    def giver(self, status: int, body: object) -> KeyGiver:
        giver = KeyGiver(self)
        giver.refuses = (status, body)
        return giver

    def mend(self, giver: KeyGiver):
        return lambda: setattr(giver, "refuses", None)

    def put(self, name: str, text: str):
        return lambda: self.write(name, text)

    def test_what_is_wrong_is_told_and_works_once_it_is_right(self) -> None:
        self.add_addresses()
        self.add_sts()
        self.add_tokens()
        self.add_profiles()
        self.add_programs()
        self.add_secret_files()
        self.assert_told_and_mended()

    def add_addresses(self) -> None:
        for name, (status, body, told) in URI_ANSWERS.items():
            giver = self.giver(status, body)
            self.add(f"uri_{name}", told, self.mend(giver), type="credentials_uri", uri=giver.url + "/?secret=" + MARK)
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            self.add("uri_nobody", "refused", type="credentials_uri", uri=f"http://127.0.0.1:{nobody.getsockname()[1]}")

    def add_sts(self) -> None:
        for name, (status, body, told) in STS_ANSWERS.items():
            giver = self.giver(status, body)
            role = {"type": "ram_role_arn", "source": "access_key", "role_arn": ROLE, **KEY}
            self.add(f"sts_{name}", told, self.mend(giver), sts_endpoint=giver.url, **role)
        down = self.giver(503, b"")
        source = {"type": "ram_role_arn", "source": "credentials_uri", "uri": down.url, "role_arn": ROLE}
        self.add("source_down", "no key to assume acs:ram::1:role/reader with", self.mend(down), sts_endpoint=down.url, **source)
        stranger = {"access_key_id": "LTAI-stranger", "access_key_secret": "x"}
        role = {"type": "ram_role_arn", "source": "access_key", "role_arn": ROLE}
        self.add("stranger", "InvalidAccessKeyId.NotFound", sts_endpoint=KeyGiver(self).url, **role, **stranger)

    def add_tokens(self) -> None:
        for name, text, told in (("gone", None, "No such file"), ("empty", " \n", "empty"), ("wrong", "x", "check the identity provider")):
            file = f"token.{name}"
            if text is not None:
                self.write(file, text)
            oidc = {"oidc_provider_arn": PROVIDER_ARN, "oidc_token_file": str(self.path(file)), "role_arn": ROLE}
            giver = KeyGiver(self)
            self.add(f"oidc_{name}", told, self.put(file, giver.oidc_token), type="oidc_role_arn", sts_endpoint=giver.url, **oidc)

    def add_profiles(self) -> None:
        right = config_text({"mode": "AK", **KEY})
        configs = {
            "half": (right[: len(right) // 2], "config.half: not a JSON object"),
            "cloud_sso": (config_text({"mode": "CloudSSO"}), "mode CloudSSO is not supported: .*use RamRoleArn, OIDC or EcsRamRole"),
            "oauth": (config_text({"mode": "OAuth"}), "mode OAuth is not supported: .*use RamRoleArn"),
            "rsa": (config_text({"mode": "RsaKeyPair"}), "mode RsaKeyPair is not supported: use AK"),
            "circle": (self.circle(), "goes round in a circle: p0 -> p1 -> p0"),
            "nobody": (right.replace('"current": "p0"', '"current": "p9"'), "has no profile p9; there are: p0"),
            "no_secret": (config_text({"mode": "AK", "access_key_id": "x"}), "needs access_key_id, access_key_secret"),
        }
        for name, (text, told) in configs.items():
            file = f"config.{name}"
            self.add(name, told, self.put(file, right), type="profile", config_file=self.write(file, text))
        self.add("config_gone", "No such file", self.put("config.gone", right), type="profile", config_file=str(self.path("config.gone")))

    def add_programs(self) -> None:
        right = config_text({"mode": "AK", **KEY})
        for name, line in {
            "prints_nonsense": f"echo {MARK}",
            "prints_nothing": "true",
            "prints_half": """echo '{"access_key_id": "x"}'""",
            "fails": f"echo {MARK} >&2; exit 3",
            "is_killed": f"echo {MARK}; kill -9 $$",
        }.items():
            self.add_program(name, line, "process_command .*" + ("exit code 3" if name == "fails" else ""))
        config = config_text({"mode": "External", "process_command": f"/nowhere/program --password {MARK}"})
        file = self.write("config.no_program", config)
        self.add("no_program", "process_command /nowhere/program: No such file", self.put("config.no_program", right), type="profile", config_file=file)

    def circle(self) -> str:
        role = {"mode": "ChainableRamRoleArn", "ram_role_arn": ROLE}
        return config_text(role | {"source_profile": "p1"}, role | {"source_profile": "p0"})

    def add_program(self, name: str, line: str, told: str) -> None:
        printed = config_text({"mode": "AK", **KEY})
        program = self.write(f"program.{name}", f"#!/bin/sh\n{line}\n", 0o700)
        config = config_text({"mode": "External", "process_command": f"{program} --password {MARK}"})
        file = self.write(f"config.{name}", config)
        self.add(name, told, self.put(f"config.{name}", printed), type="profile", config_file=file)

    def add_secret_files(self) -> None:
        for name, mode, told in (("file_gone", None, "No such file"), ("file_locked", 0o000, "Permission denied"), ("file_blank", 0o600, "empty")):
            path = self.path(name)
            if mode is not None:
                self.write(name, "\n", mode)
            keys = {"access_key_id": ACCESS_KEY_ID, "access_key_secret_file": str(path)}
            self.add(name, f"credentials file .*{name}: {told}", self.put(name, ACCESS_KEY_SECRET + "\n"), type="access_key", **keys)
        folder = self.path("folder")
        folder.mkdir()
        keys = {"access_key_id": ACCESS_KEY_ID, "access_key_secret_file": str(folder)}
        self.add("file_folder", "not a regular file", type="access_key", **keys)

    def test_a_key_that_has_expired_by_our_clock_when_it_comes_is_used(self) -> None:
        giver = KeyGiver(self, life=-60)
        self.targets["early"] = {"type": "credentials_uri", "uri": giver.url}
        exporter = self.run_all()
        exporter.await_at_least(5, "polls_total", result="complete")
        self.assertEqual(giver.asked, ["URI"])

    def test_a_program_that_hangs_holds_up_nobody_and_ends_with_the_daemon(self) -> None:
        program = self.write("hang", "#!/bin/sh\necho $$ > $1.new && mv $1.new $1\nsleep 1000 & wait\n", 0o700)
        pid_file = self.path("pid")
        file = self.write_profiles("config.json", {"mode": "External", "process_command": f"{program} {pid_file}"})
        silent = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(silent.close)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        self.targets = {"hangs": {"type": "profile", "config_file": file}, "works": {"type": "access_key", **KEY}}
        self.targets["silent"] = {"type": "credentials_uri", "uri": address}
        exporter = self.run_all()
        exporter.await_at_least(1, "polls_total", target="silent", result="failed")
        self.assertTrue(exporter.process.lines("target=silent .*timeout"))
        exporter.await_at_least(10, "polls_total", target="works", result="complete")
        pid = until(lambda: pid_file.exists() and int(pid_file.read_text()), "the program runs")
        self.assertTrue(pathlib.Path(f"/proc/{pid}").exists())
        self.assertEqual(exporter.process.stop(), 0)
        until(lambda: not pathlib.Path(f"/proc/{pid}").exists(), "the program has ended")

    def test_a_source_that_fails_is_asked_less_and_less(self) -> None:
        """Many polls of ten targets that share it are a handful of questions."""
        giver = self.giver(503, b"")
        keys = {"type": "credentials_uri", "uri": giver.url}
        self.targets = {f"t{number}": keys for number in range(10)}
        exporter = self.run_all()
        samples = exporter.await_at_least(3, "credentials_refreshes_total", target="t0", result="failed")
        self.assertLessEqual(len(giver.asked), 4)
        self.assertGreater(samples.total("polls_total", result="failed"), 3 * len(giver.asked))


if __name__ == "__main__":
    main()
