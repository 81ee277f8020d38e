#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The ECS instance's role. The metadata service has one address, which no setting moves: the test runs in a network of its
own, where that address is its own too."""

import datetime
import http.server
import os
import socket
import subprocess
import sys
import threading

from support.credentials import CredentialsTest
from support.key_giver import KeyGiver
from support.key_ring import KeyRing
from support.peers import Exporter, target
from support.testcase import main

ADDRESS = "100.100.100.200"
TOKEN = "imds-t0ken"
ROLES = "/latest/meta-data/ram/security-credentials/"
INSIDE = "SAS_TEST_NETWORK"
SKIPPED = 77


class Metadata:
    """An instance's metadata service with its role `node`."""

    def __init__(self, test: CredentialsTest, ring: KeyRing) -> None:
        self.ring = ring
        self.life = 3600.0
        self.has_v2 = True
        self.has_v1 = True
        self.has_role = True
        self.roles = {"node"}
        self.broken: dict[str, tuple[int, str]] = {}  # by role, what is answered in place of its key
        self.asked: list[str] = []
        metadata = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self) -> None:
                status, text = metadata.answer(self.command, self.path, self.headers.get("X-aliyun-ecs-metadata-token"))
                self.send_response(status)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            do_GET = do_PUT = answer  # noqa: N815: the names are http.server's

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer((ADDRESS, 80), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)

    def answer(self, method: str, path: str, token: str | None) -> tuple[int, str]:
        self.asked.append(f"{method} {path}" + (" with token" if token else ""))
        if path == "/latest/api/token":
            return (200, TOKEN) if method == "PUT" and self.has_v2 else (404, "")
        if token != TOKEN and not (token is None and self.has_v1):
            return 403, ""
        if not self.has_role:
            return 404, "<html>Not Found</html>"
        if path == ROLES:
            return 200, "node\n"
        role = path.removeprefix(ROLES)
        if role in self.broken:
            return self.broken[role]
        return (200, self.key()) if role in self.roles else (404, "")

    def key(self) -> str:
        key = self.ring.mint("node", self.life, token=True)
        end = datetime.datetime.fromtimestamp(key.until, datetime.timezone.utc)
        fields = {"Code": "Success", "AccessKeyId": key.id, "AccessKeySecret": key.secret, "SecurityToken": key.token}
        return str(fields | {"Expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ")}).replace("'", '"')


class EcsRole(CredentialsTest):
    def setUp(self) -> None:
        super().setUp()
        self.ring = KeyRing(self.path("keys.json"))
        self.ways = {
            "asks": {"type": "ecs_ram_role"},
            "named": {"type": "ecs_ram_role", "role_name": "node"},
            "strict": {"type": "ecs_ram_role", "imdsv1": False},
        }
        # Whoever goes through a proxy would end here, and nobody may.
        self.proxy = socket.create_server(("127.0.0.1", 0))
        self.proxy.setblocking(False)
        self.addCleanup(self.proxy.close)
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            for spelt in (name, name.lower()):
                self.set_variable(spelt, f"http://127.0.0.1:{self.proxy.getsockname()[1]}")
        self.set_variable("NO_PROXY", "127.0.0.1")

    def run_daemon(self) -> Exporter:
        simulator = self.simulator("busy-day", keys=self.ring.file)
        targets = [target(simulator, name=name, credentials=keys) for name, keys in self.ways.items()]
        return self.exporter(simulator, "--log.level=debug", targets=targets)

    def assert_told(self, exporter: Exporter, name: str, told: str) -> None:
        exporter.await_at_least(1, "polls_total", target=name, result="failed")
        self.assertTrue(exporter.process.lines(f"target={name} .*{told}"), f"{name}: {exporter.process.lines(name)[:5]}")

    def assert_no_proxy(self) -> None:
        with self.assertRaises(BlockingIOError, msg="somebody came to the proxy"):
            self.proxy.accept()

    def test_a_token_comes_first_and_sessions_are_refreshed_under_load(self) -> None:
        metadata = Metadata(self, self.ring)
        metadata.life = 12
        metadata.has_v1 = False
        exporter = self.run_daemon()
        for name in self.ways:
            samples = exporter.await_at_least(2, "credentials_refreshes_total", target=name, provider="ecs_ram_role", result="ok")
        for name in self.ways:
            exporter.await_at_least(20, "polls_total", target=name, result="complete")
        samples = exporter.scrape()
        self.assertEqual(samples.total("polls_total"), samples.total("polls_total", result="complete"))
        self.assertEqual(samples.total("credentials_refreshes_total", result="failed"), 0)
        rounds = samples.total("credentials_refreshes_total", result="ok")
        self.assertLessEqual(rounds, 3 * len(self.ways))
        self.assertEqual(metadata.asked.count("PUT /latest/api/token"), rounds)
        self.assertEqual(metadata.asked.count(f"GET {ROLES}node with token"), rounds)
        self.assertEqual([asked for asked in metadata.asked if asked.startswith("GET") and not asked.endswith("with token")], [])
        self.assertNotIn(TOKEN, exporter.process.text())
        self.assert_no_proxy()

    def test_the_old_way_is_taken_where_it_is_allowed(self) -> None:
        metadata = Metadata(self, self.ring)
        metadata.has_v2 = False
        exporter = self.run_daemon()
        for name in ("asks", "named"):
            exporter.await_value(1, "up", target=name)
        self.assert_told(exporter, "strict", r"without a token \\?\(IMDSv1\\?\) it is not asked")
        self.assertEqual(exporter.scrape().value("up", target="strict"), 0)
        metadata.has_v2 = True
        exporter.await_value(1, "up", target="strict")
        self.assert_no_proxy()

    def test_an_instance_without_a_role_is_told_what_to_do_and_asked_again(self) -> None:
        metadata = Metadata(self, self.ring)
        metadata.has_role = False
        exporter = self.run_daemon()
        for name in self.ways:
            self.assert_told(exporter, name, "attach a RAM role to the ECS instance")
        metadata.has_role = True
        exporter.await_at_least(len(self.ways), "up")

    def test_each_way_in_which_no_key_comes_is_told_and_asked_again(self) -> None:
        metadata = Metadata(self, self.ring)
        ways = {
            "down": (503, "", "the metadata service refuses the RAM role"),
            "refuses": (403, "", "the metadata service refuses the RAM role"),
            "failed": (200, '{"Code": "Failed"}', "the metadata service has no key for the role"),
            "html": (200, "<html>Welcome</html>", "AccessKeyId is missing or empty"),
            "half": (200, '{"Code": "Success", "AccessKeyId": "x"}', "AccessKeySecret is missing or empty"),
            "unknown": (404, "", "attach a RAM role to the ECS instance, and give its name"),
        }
        metadata.roles = set(ways)
        metadata.broken = {role: (status, text) for role, (status, text, _) in ways.items()}
        self.ways = {role: {"type": "ecs_ram_role", "role_name": role} for role in ways}
        exporter = self.run_daemon()
        for role, (_, _, told) in ways.items():
            self.assert_told(exporter, role, told)
        self.assertEqual(exporter.scrape().total("up"), 0)
        metadata.broken.clear()
        exporter.await_at_least(len(ways), "up")

    def test_whoever_does_not_answer_does_not_hold_up_the_chain(self) -> None:
        silent = socket.create_server((ADDRESS, 80))
        self.addCleanup(silent.close)
        giver = KeyGiver(self, ring=self.ring)
        self.set_variable("ALIBABA_CLOUD_CREDENTIALS_URI", giver.url)
        self.ways = {"chain": {"type": "default"}, "asks": {"type": "ecs_ram_role"}}
        exporter = self.run_daemon()
        exporter.await_value(1, "up", target="chain")
        found = exporter.process.lines('msg="credentials found"')
        self.assertRegex(found[0], "provider=credentials_uri .*ecs_ram_role: .*100.100.100.200")
        self.assert_told(exporter, "asks", "timeout")
        self.assertEqual(giver.asked, ["URI"])
        self.assert_no_proxy()

    def test_after_nobody_had_a_key_all_are_asked_again(self) -> None:
        self.ways = {"chain": {"type": "default"}}
        exporter = self.run_daemon()  # on no instance: nobody listens
        self.assert_told(exporter, "chain", "no credentials found: .*environment: .*ecs_ram_role: ")
        Metadata(self, self.ring)
        exporter.await_value(1, "up")
        self.assertEqual(len(exporter.process.lines('msg="credentials found".* provider=ecs_ram_role')), 1)


def enter_network() -> None:
    """Runs this program again in a network of its own; on whose behalf does not matter there."""
    unshare = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    if subprocess.run([*unshare, "ip", "link"], capture_output=True).returncode != 0:
        print("skipped: `unshare --net` is not allowed here, or iproute2 is missing")
        sys.exit(SKIPPED)
    os.environ[INSIDE] = "1"
    os.execvp(unshare[0], [*unshare, sys.executable, "-B", *sys.argv])


if __name__ == "__main__":
    if INSIDE not in os.environ:
        enter_network()
    for command in ("link set lo up", f"address add {ADDRESS}/32 dev lo"):
        subprocess.run(["ip", *command.split()], check=True)
    main()
