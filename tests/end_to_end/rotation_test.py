#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Keys change under load, of each kind at once, and no poll fails: what is stored is rewritten, sessions end after seconds,
and the service takes no key after its end."""

import json
import pathlib
import time

from support.credentials import PROVIDER_ARN, ROLE, CredentialsTest, config_text
from support.key_giver import KeyGiver
from support.key_ring import Key, KeyRing
from support.peers import Exporter, Simulator, target
from support.testcase import main
from support.wait import until

LIFE = 12.0  # seconds of a session: ten of them pass before the next one
POLL = {"interval": "500ms", "idle_interval": "500ms", "request_timeout": "20s", "max_requests_per_second": 20}


class Rotation(CredentialsTest):
    def setUp(self) -> None:
        super().setUp()
        self.ring = KeyRing(self.path("keys.json"))
        self.targets: dict[str, dict] = {}  # by name, which the ids of its keys bear as well
        self.givers: dict[str, KeyGiver] = {}

    def giver(self, name: str, life: float = LIFE) -> KeyGiver:
        return self.givers.setdefault(name, KeyGiver(self, life, self.ring, name))

    def run_daemon(self) -> tuple[Simulator, Exporter]:
        simulator = self.simulator("many-tasks", "--tasks=150", keys=self.ring.file)
        targets = [target(simulator, name=name, credentials=keys) for name, keys in self.targets.items()]
        exporter = self.exporter(simulator, "--log.level=debug", targets=targets, poll=POLL)
        exporter.await_at_least(len(targets), "up")
        return simulator, exporter

    def used(self, simulator: Simulator) -> dict[str, list[dict]]:
        """The requests by the id of their key."""
        requests: dict[str, list[dict]] = {}
        for line in simulator.requests.read_text().split("\n")[:-1]:
            request = json.loads(line)
            requests.setdefault(request["key_id"], []).append(request)
        return requests

    def await_use(self, simulator: Simulator, keys: list[Key]) -> None:
        until(lambda: all(key.id in self.used(simulator) for key in keys), f"somebody signs with {[key.id for key in keys]}")

    def assert_no_poll_failed(self, exporter: Exporter) -> None:
        samples = exporter.scrape()
        for name in self.targets:
            self.assertGreater(samples.value("polls_total", target=name, result="complete"), 10, name)
        for result in {sample.labels["result"] for sample in samples.find("polls_total")} - {"complete"}:
            self.assertEqual(samples.total("polls_total", result=result), 0, result)
        self.assertEqual(samples.total("up"), len(self.targets))

    def refused(self, simulator: Simulator) -> list[str]:
        """The keys that the service did not take, once for each time."""
        return [id for id, requests in self.used(simulator).items() for request in requests if request["code"] != "OK"]


class Stored(Rotation):
    """Keys that somebody else writes: files, profiles, what a program prints."""

    def parts(self, name: str) -> dict[str, pathlib.Path]:
        return {part: self.path(f"{name}.{part}") for part in ("id", "secret", "token")}

    def add_files(self, name: str, token: bool) -> None:
        self.put_files(name, self.ring.mint(name, token=token))
        keys = {"access_key_id_file": "id", "access_key_secret_file": "secret"}
        if token:
            keys["security_token_file"] = "token"
        files = {key: str(self.parts(name)[part]) for key, part in keys.items()}
        self.targets[name] = {"type": "sts" if token else "access_key", **files}

    def put_files(self, name: str, key: Key) -> None:
        for part, path in self.parts(name).items():
            path.write_text(getattr(key, part))

    def profile(self, key: Key) -> str:
        return config_text({"mode": "AK", "access_key_id": key.id, "access_key_secret": key.secret})

    def ini(self, key: Key) -> str:
        return f"[default]\ntype = access_key\naccess_key_id = {key.id}\naccess_key_secret = {key.secret}\n"

    def printed(self, key: Key) -> str:
        return json.dumps({"mode": "AK", "access_key_id": key.id, "access_key_secret": key.secret})

    def set_up(self) -> None:
        self.add_files("renamed", token=False)
        self.add_files("rewritten", token=False)
        self.add_files("session", token=True)
        config = self.write("config.json", self.profile(self.ring.mint("profile")))
        self.targets["profile"] = {"type": "profile", "config_file": config}
        self.set_variable("ALIBABA_CLOUD_CREDENTIALS_FILE", self.write("ini", self.ini(self.ring.mint("ini"))))
        self.set_variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
        self.targets["ini"] = {"type": "default"}
        command = f"cat {self.write('printed', self.printed(self.ring.mint('printed')))}"
        external = self.write_profiles("external.json", {"mode": "External", "process_command": command})
        self.targets["printed"] = {"type": "profile", "config_file": external}
        source = {"type": "ram_role_arn", "source": "access_key", "role_arn": ROLE}
        self.add_files("source", token=False)
        self.targets["source"] |= source | {"sts_endpoint": self.giver("role").url}

    def rotate_slowly(self) -> list[Key]:
        """As people and tools do it, with polls in between; the keys that count now."""
        names = ("renamed", "rewritten", "session", "source", "profile", "ini")
        fresh = {name: self.ring.mint(name, token=name == "session") for name in names}
        for part, old in self.parts("renamed").items():
            aside = self.path("aside")
            aside.write_text(getattr(fresh["renamed"], part))
            aside.rename(old)
            self.pass_polls(1)
        for name in ("rewritten", "session", "source"):
            for part, path in self.parts(name).items():
                path.write_text("")
                path.write_text(getattr(fresh[name], part))
                self.pass_polls(1)
        for file, text in (("config.json", self.profile(fresh["profile"])), ("ini", self.ini(fresh["ini"]))):
            for end in (0, 40, len(text)):
                self.path(file).write_text(text[:end])
                self.pass_polls(1)
        return [fresh[name] for name in names if name != "source"]

    def rotate_at_once(self) -> list[Key]:
        """The old keys end before anybody can have noticed the new ones."""
        fresh = {name: self.ring.mint(name, token=name == "session") for name in ("renamed", "session", "profile", "ini", "printed")}
        for name in ("renamed", "session"):
            self.put_files(name, fresh[name])
        self.path("config.json").write_text(self.profile(fresh["profile"]))
        self.path("ini").write_text(self.ini(fresh["ini"]))
        self.path("printed").write_text(self.printed(fresh["printed"]))
        for name in fresh:
            for old in self.ring.of(name)[:-1]:
                self.ring.end(old)
        return list(fresh.values())

    def pass_polls(self, count: int) -> None:
        """Until the target of the profile has been polled so many times more: the steps of a rotation fall between polls."""
        wanted = self.polls() + count
        until(lambda: self.polls() >= wanted, f"{count} polls pass")

    def polls(self) -> float:
        return self.daemon.scrape().value("polls_total", target="printed", result="complete")

    def test_whoever_rewrites_keys_is_followed_without_a_failed_poll(self) -> None:
        self.set_up()
        simulator, self.daemon = self.run_daemon()
        before = {name: self.ring.of(name)[-1] for name in ("renamed", "rewritten", "session", "profile", "ini")}
        started = time.time()
        self.await_use(simulator, self.rotate_slowly())
        for old in before.values():
            self.ring.end(old)
        self.pass_polls(3)
        self.assertEqual(self.refused(simulator), [], "an old key was used after its end, or a half of one")
        # What a program prints is not asked for again within ten seconds.
        until(lambda: len(self.givers["role"].asked) >= 2, "the role is assumed with the new key")
        self.assert_no_poll_failed(self.daemon)

        self.await_use(simulator, self.rotate_at_once())
        self.pass_polls(3)
        self.assert_no_poll_failed(self.daemon)
        refused = self.refused(simulator)
        self.assertEqual(len(refused), len(set(refused)), "somebody insisted on a key that was refused")
        self.assertLessEqual(len(self.givers["role"].asked), (time.time() - started) / 10 + 2)


class Given(Rotation):
    """Sessions that end after seconds, each fetched ahead of its end."""

    def set_up(self) -> None:
        self.targets["uri"] = {"type": "credentials_uri", "uri": self.giver("uri").url}
        token = self.write("token", self.giver("oidc").oidc_token)
        oidc = {"oidc_provider_arn": PROVIDER_ARN, "oidc_token_file": token}
        self.targets["oidc"] = {"type": "oidc_role_arn", "role_arn": ROLE, "sts_endpoint": self.giver("oidc").url, **oidc}
        first = self.ring.mint("chained-source")
        key = {"access_key_id": first.id, "access_key_secret": first.secret}
        sts = {"sts_endpoint": self.giver("chained").url}
        self.targets["chained"] = {"type": "ram_role_arn", "source": "access_key", "via": [ROLE], "role_arn": ROLE, **key, **sts}
        program = self.write("get-session", "#!/bin/sh\nexec curl -sS $1 -o - | sed 's/AccessKeyId/access_key_id/; "
                             "s/AccessKeySecret/access_key_secret/; s/SecurityToken/sts_token/; s/Expiration/expiration/'\n", 0o700)
        command = f"{program} {self.giver('external').url}"
        config = self.write_profiles("config.json", {"mode": "External", "process_command": command})
        self.targets["external"] = {"type": "profile", "config_file": config}
        self.targets["withdrawn"] = {"type": "credentials_uri", "uri": self.giver("withdrawn", life=3600).url}

    def test_sessions_are_refreshed_ahead_of_their_end(self) -> None:
        self.set_up()
        started = time.time()
        simulator, exporter = self.run_daemon()
        # The token is another one from now on, as in a cluster that renews it.
        self.givers["oidc"].oidc_token = "another-t0ken"
        self.write("token", "another-t0ken")
        for name in ("uri", "oidc", "external"):
            exporter.await_at_least(3, "credentials_refreshes_total", target=name, result="ok")
        exporter.await_at_least(6, "credentials_refreshes_total", target="chained", result="ok")
        self.assertEqual(self.refused(simulator), [], "a session was used after its end")

        self.ring.end(self.ring.of("withdrawn")[0])
        self.await_use(simulator, self.ring.of("withdrawn")[1:] or [self.await_second("withdrawn")])
        samples = exporter.scrape()
        self.assert_no_poll_failed(exporter)
        self.assertEqual(self.refused(simulator), [self.ring.of("withdrawn")[0].id], "one refusal, and one retry")
        self.assertEqual(self.givers["withdrawn"].asked, ["URI", "URI"])
        self.assertEqual(samples.total("credentials_refreshes_total", result="failed"), 0)
        passed = time.time() - started
        for name, giver in self.givers.items():
            self.assertLessEqual(len(giver.asked), (passed / 10 + 2) * (2 if name == "chained" else 1), name)

    def await_second(self, name: str) -> Key:
        until(lambda: len(self.ring.of(name)) > 1, f"another key for {name}")
        return self.ring.of(name)[1]


if __name__ == "__main__":
    main()
