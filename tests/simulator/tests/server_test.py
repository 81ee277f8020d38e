#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The program over real sockets. Signs with code of its own: a third reading of the same documentation, after the
daemon's and the simulator's. Usage: server_test.py PATH-OF-SAS-SIMULATOR"""

import datetime
import gzip
import hashlib
import hmac
import http.client
import json
import pathlib
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import uuid

SCENARIOS = pathlib.Path(__file__).resolve().parents[1] / "scenarios"
PATIENCE = 60  # seconds for what must happen
KEY, SECRET = "LTAI-test", "secret"


def signed_headers(host: str, action: str, query: str, date: str, nonce: str, secret: str = SECRET, token: str = "") -> dict:
    headers = {
        "host": host,
        "x-acs-action": action,
        "x-acs-version": "2018-12-03",
        "x-acs-date": date,
        "x-acs-signature-nonce": nonce,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
    }
    if token:
        headers |= {"x-acs-accesskey-id": KEY, "x-acs-security-token": token}
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    canonical = f"POST\n/\n{query}\n{lines}\n{names}\n{headers['x-acs-content-sha256']}"
    to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
    signature = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return headers | {"Authorization": f"ACS3-HMAC-SHA256 Credential={KEY},SignedHeaders={names},Signature={signature}"}


class Server(unittest.TestCase):
    program = ""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([self.program, *arguments], capture_output=True, text=True, timeout=PATIENCE)

    def start(self, scenario: str | pathlib.Path, *arguments: str, tls: bool = False, key: str = f"{KEY}:{SECRET}") -> None:
        path = scenario if isinstance(scenario, pathlib.Path) else SCENARIOS / f"{scenario}.yml"
        transport = f"--make-ca={self.folder}" if tls else "--http"
        command = [self.program, transport, f"--scenario={path}", f"--access-key={key}", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.addCleanup(self.process.stdout.close)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)
        line = self.process.stdout.readline().strip()
        self.assertRegex(line, r"^listening on https?://127\.0\.0\.1:\d+$")
        self.address = urllib.parse.urlsplit(line.removeprefix("listening on "))
        self.connection = self.connect()

    def scenario(self, text: str) -> pathlib.Path:
        path = self.folder / "scenario.yml"
        path.write_text(text)
        return path

    def connect(self) -> http.client.HTTPConnection:
        if self.address.scheme == "http":
            connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=PATIENCE)
        else:
            context = ssl.create_default_context(cafile=self.folder / "ca.pem")
            connection = http.client.HTTPSConnection(
                self.address.hostname, self.address.port, timeout=PATIENCE, context=context
            )
        self.addCleanup(connection.close)
        return connection

    def ask(self, query: str = "", action: str = "ListOperationProcess", now: datetime.datetime | None = None,
            nonce: str | None = None, **signing: str) -> tuple[http.client.HTTPResponse, bytes]:  # fmt: skip
        date = (now or datetime.datetime.now(datetime.timezone.utc)).strftime("%Y-%m-%dT%H:%M:%SZ")
        headers = signed_headers(self.address.netloc, action, query, date, nonce or uuid.uuid4().hex, **signing)
        self.connection.request("POST", f"/?{query}" if query else "/", headers=headers)
        response = self.connection.getresponse()
        return response, response.read()

    def code(self, *arguments, **options) -> tuple[int, str]:
        response, body = self.ask(*arguments, **options)
        return response.status, json.loads(body).get("Code", "OK")

    def status(self) -> dict:
        connection = self.connect()
        connection.request("GET", "/simulator/status")
        return json.loads(connection.getresponse().read())

    def steps(self) -> list[dict]:
        return [json.loads(line) for line in (self.folder / "journal").read_text().splitlines()]


class Gate(Server):
    def test_a_signed_request_over_tls_is_answered_on_one_connection(self) -> None:
        self.start("seed-sample", tls=True)
        for _ in range(3):
            response, body = self.ask("CurrentPage=1&PageSize=100")
            self.assertEqual(response.status, 200)
            self.assertEqual(response.headers["x-acs-request-id"], "F8B6F758-BCD4-597A-8A2C-DA5A552C****")
            self.assertIsNotNone(response.headers["Date"])
            self.assertEqual(json.loads(body)["Processes"][0]["TaskId"], "3d7a1b68-599f-4e16-9b45-e920a183b***\n")

    def test_localhost_is_in_the_certificate_and_other_names_are_not(self) -> None:
        self.start("seed-sample", tls=True)
        for name, trusted in (("localhost", True), ("example.com", False)):
            target = f"{name}:{self.address.port}"
            curl = ["curl", "-s", "--noproxy", "*", "--connect-to", f"{target}:127.0.0.1:{self.address.port}"]
            run = subprocess.run([*curl, "--cacert", self.folder / "ca.pem", f"https://{target}/simulator/status"], capture_output=True)
            self.assertEqual(run.returncode == 0, trusted, name)

    def test_what_is_wrong_with_a_request_is_told(self) -> None:
        self.start("busy-day")
        now = datetime.datetime.now(datetime.timezone.utc)
        late = now - datetime.timedelta(minutes=16)
        self.assertEqual(self.code(), (200, "OK"))
        self.assertEqual(self.code(secret="wrong"), (400, "SignatureDoesNotMatch"))
        self.assertEqual(self.code(now=late), (400, "InvalidTimeStamp.Expired"))
        self.assertEqual(self.code(nonce="once"), (200, "OK"))
        self.assertEqual(self.code(nonce="once"), (400, "SignatureNonceUsed"))
        self.assertEqual(self.code(action="ListOperationTask"), (404, "InvalidApi.NotFound"))
        self.assertEqual(self.code(action="ListOperationProcessDetail"), (400, "CspmParamIllegal"))
        self.assertEqual(self.code(token="unasked"), (400, "InvalidSecurityToken.MismatchWithAccessKey"))
        counts = self.status()["requests"]
        self.assertEqual(counts["ListOperationProcess"]["OK"], 2)
        self.assertEqual(counts["ListOperationProcess"]["SignatureNonceUsed"], 1)

    def test_unknown_keys_and_tokens(self) -> None:
        self.start("busy-day", key="somebody:else")
        self.assertEqual(self.code(), (404, "InvalidAccessKeyId.NotFound"))
        self.start("busy-day", key=f"{KEY}:{SECRET}:the-token")
        self.assertEqual(self.code(), (400, "MissingSecurityToken"))
        self.assertEqual(self.code(token="the-token"), (200, "OK"))

    def test_the_calls_of_a_second_are_limited_and_counted(self) -> None:
        self.start("throttled")
        answers = [self.ask() for _ in range(6)]
        throttled = [response for response, body in answers if json.loads(body).get("Code") == "Throttling.User"]
        self.assertTrue(throttled)
        self.assertTrue(all(int(response.headers["x-acs-retry-after"]) in (400, 1000) for response in throttled))
        self.assertGreater(self.status()["most_calls_in_a_second"][f"{KEY} ListOperationProcess"], 2)

    def test_requests_are_logged_without_secrets(self) -> None:
        self.start("busy-day", f"--requests={self.folder / 'requests'}")
        response, _ = self.ask("PageSize=5", nonce="n1")
        text = (self.folder / "requests").read_text()
        line = json.loads(text)
        self.assertEqual((line["query"], line["nonce"], line["code"], line["key_id"]), ("PageSize=5", "n1", "OK", KEY))
        self.assertEqual(line["request_id"], response.headers["x-acs-request-id"])
        self.assertNotIn(SECRET, text)


class Life(Server):
    def test_the_journal_is_never_behind_an_answer(self) -> None:
        self.start(self.scenario("tasks: [{count: 6, every: 10s, waits: 1s..5s, runs: 1s..20s}]\nservice: {calls_per_second: 0}\n"),
                   f"--journal={self.folder / 'journal'}", "--time-scale=50")  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        ended: set[str] = set()
        while len(ended) < 50 and time.monotonic() < deadline:
            _, body = self.ask("PageSize=100")
            shown = {row["TaskId"]: row["StatusCode"] for row in json.loads(body)["Processes"]}
            reached = {(step["task_id"], step["to"]) for step in self.steps()}
            for task, status in shown.items():
                self.assertIn((task, status), reached)
            ended |= {task for task, status in shown.items() if status == 2}
        self.assertGreaterEqual(len(ended), 50)

    def test_sigterm_ends_it_at_once_whatever_is_under_way(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            self.start(self.scenario("faults: [{kind: hang}]\ntasks: [{count: 3}]\n"), f"--journal={self.folder / 'journal'}")
            headers = signed_headers(self.address.netloc, "ListOperationProcess", "", datetime.datetime.now(
                datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"), uuid.uuid4().hex)  # fmt: skip
            self.connection.request("POST", "/", headers=headers)
            while not self.status()["faults"]:
                pass
            self.process.send_signal(number)
            self.assertEqual(self.process.wait(PATIENCE), 0)
            self.assertEqual(len(self.steps()), 3)

    def test_simulated_time_starts_and_runs_as_asked(self) -> None:
        self.start("busy-day", "--start=2026-01-02T03:04:05Z", "--time-scale=1000")
        start = 1767323045000
        deadline = time.monotonic() + PATIENCE
        while self.status()["simulated_now"] < start + 5000 and time.monotonic() < deadline:
            pass
        now = self.status()
        self.assertGreater(now["simulated_now"], start + 5000)
        self.assertLess(now["simulated_now"], start + 1000 * PATIENCE * 1000)
        _, body = self.ask()
        self.assertGreater(json.loads(body)["Processes"][0]["CreateTime"], start - 3_600_000)

    def test_the_same_seed_is_the_same_world(self) -> None:
        bodies = []
        for seed in (1, 1, 2):
            self.start("busy-day", "--start=2026-01-02T03:04:05Z", "--time-scale=0", f"--seed={seed}")
            bodies.append(json.loads(self.ask("PageSize=100")[1])["Processes"])
        self.assertEqual(bodies[0], bodies[1])
        self.assertNotEqual(bodies[0], bodies[2])

    def test_a_world_gets_its_size_from_the_command_line(self) -> None:
        self.start("many-tasks", "--tasks=10000", "--start=2026-01-02T03:04:05Z", "--time-scale=0")
        seen = set()
        for page in range(1, 101):
            _, body = self.ask(f"CurrentPage={page}&PageSize=100")
            seen |= {row["TaskId"] for row in json.loads(body)["Processes"]}
        total = json.loads(self.ask()[1])["PageInfo"]["TotalCount"]
        self.assertEqual(len(seen), total)
        self.assertGreater(total, 9_000)


class Faults(Server):
    def with_fault(self, fault: str, tls: bool = False) -> None:
        text = f"service: {{calls_per_second: 0}}\ntasks: [{{count: 45, runs: 1h}}]\nfaults: [{fault}]\n"
        self.start(self.scenario(text), tls=tls)

    def test_a_body_that_is_cut_ends_with_the_connection(self) -> None:
        for tls in (False, True):
            self.with_fault("{kind: truncated_body, first: 1}", tls)
            with self.assertRaises((http.client.IncompleteRead, ssl.SSLError)):
                self.ask()
            self.connection = self.connect()
            self.assertEqual(self.code(), (200, "OK"))

    def test_a_reset_connection_is_reset(self) -> None:
        self.with_fault("{kind: reset, first: 1}")
        with self.assertRaises(ConnectionResetError):
            self.ask()
        self.connection = self.connect()
        self.assertEqual(self.code(), (200, "OK"))

    def test_a_hanging_answer_never_comes(self) -> None:
        self.with_fault("{kind: hang}")
        self.connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=0.2)
        self.addCleanup(self.connection.close)
        with self.assertRaises(TimeoutError):
            self.ask()

    def test_answers_that_are_merely_rare_are_whole(self) -> None:
        for fault in ("chunked", "close_delimited", "close_after_answer", "drip, delay: 1ms", "slow, delay: 1ms"):
            for tls in (False, True):
                self.with_fault(f"{{kind: {fault}}}", tls)
                for _ in range(2):
                    response, body = self.ask("PageSize=100")
                    self.assertEqual(len(json.loads(body)["Processes"]), 45, fault)
                    if fault.startswith("close"):
                        self.connection = self.connect()
                self.assertEqual("Content-Length" in response.headers, fault not in ("chunked", "close_delimited"))

    def test_gzip_is_gzip(self) -> None:
        self.with_fault("{kind: gzip}")
        response, body = self.ask("PageSize=100")
        self.assertEqual(response.headers["Content-Encoding"], "gzip")
        self.assertEqual(len(json.loads(gzip.decompress(body))["Processes"]), 45)

    def test_a_huge_body_arrives(self) -> None:
        self.with_fault("{kind: huge_body}")
        self.assertGreater(len(self.ask()[1]), 20_000_000)

    def test_a_length_may_be_half_of_the_truth(self) -> None:
        self.with_fault("{kind: wrong_content_length, first: 1}")
        _, short = self.ask()
        with self.assertRaises(json.JSONDecodeError):
            json.loads(short)
        self.connection = self.connect()
        _, whole = self.ask()
        self.assertEqual(len(json.loads(whole)["Processes"]), 20)
        self.assertEqual(len(short), len(whole) // 2)

    def test_connections_that_idle_are_closed(self) -> None:
        self.start(self.scenario("service: {idle_timeout: 50ms}\n"))
        self.ask()
        self.assertEqual(self.connection.sock.recv(1), b"")

    def test_what_is_not_http_is_refused(self) -> None:
        self.start("seed-sample")
        self.connection.connect()
        self.connection.sock.sendall(b"HELLO\r\n\r\n")
        self.assertTrue(self.connection.sock.recv(100).startswith(b"HTTP/1.1 400 "))

    def test_every_shipped_fault_lets_polls_recover(self) -> None:
        for path in sorted((SCENARIOS / "faults").glob("*.yml")):
            with self.subTest(scenario=path.stem):
                self.start(path)
                skew = datetime.timedelta(minutes=20 if path.stem == "clock-skew" else 0)
                good = 0
                for _ in range(8):
                    self.connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=2)
                    try:
                        _, body = self.ask(now=datetime.datetime.now(datetime.timezone.utc) + skew)
                        good += "Processes" in json.loads(body)
                    except (OSError, ValueError, http.client.HTTPException):
                        pass
                    self.connection.close()
                self.assertGreaterEqual(good, 2)
                self.process.kill()


class CommandLine(Server):
    def refused(self, told: str, *arguments: str) -> None:
        run = self.run_program(*arguments)
        self.assertEqual((run.returncode, run.stdout), (2, ""), arguments)
        self.assertIn(told, run.stderr)

    def test_mistakes_are_told_in_a_sentence(self) -> None:
        sample = f"--scenario={SCENARIOS / 'seed-sample.yml'}"
        key = "--access-key=a:b"
        self.refused("--scenario FILE is needed")
        self.refused("either --access-key ID:SECRET or --keys FILE is needed", sample)
        self.refused("--access-key must be ID:SECRET", sample, "--access-key=a")
        self.refused("--tls-cert FILE and --tls-key FILE are needed", sample, key)
        self.refused("'nowhere' is not HOST:PORT", sample, key, "--http", "--listen=nowhere")
        self.refused("'1:99999' is not HOST:PORT", sample, key, "--http", "--listen=1:99999")
        self.refused("'yesterday' is not of the form", sample, key, "--http", "--start=yesterday")
        self.refused("cannot read the scenario /nowhere.yml", "--scenario=/nowhere.yml", key, "--http")
        self.refused("cannot write /nowhere/journal", sample, key, "--http", "--journal=/nowhere/journal")
        self.refused("/nowhere.pem", sample, key, "--tls-cert=/nowhere.pem", "--tls-key=/nowhere.key")
        self.refused("the scenario has no tasks", sample, key, "--http", "--tasks=5")
        self.refused("--unheard", sample, key, "--unheard=of")
        self.start("seed-sample")
        self.refused("cannot listen on", sample, key, "--http", f"--listen={self.address.netloc}")

    def test_a_scenarios_mistakes_are_told_with_their_lines(self) -> None:
        path = self.scenario("order: newest_first\nordre: x\n")
        self.refused(f"{path}:2: unknown key 'ordre'", f"--scenario={path}", "--access-key=a:b", "--http")

    def test_certificates_are_made_alone(self) -> None:
        run = self.run_program(f"--make-ca={self.folder / 'new' / 'ca'}")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertEqual({file.name for file in (self.folder / "new" / "ca").iterdir()}, {"ca.pem", "server.pem", "server.key"})
        self.assertEqual((self.folder / "new" / "ca" / "server.key").stat().st_mode & 0o777, 0o600)

    def test_help_is_told(self) -> None:
        run = self.run_program("--help")
        self.assertEqual(run.returncode, 0)
        self.assertIn("--time-scale", run.stdout)


if __name__ == "__main__":
    Server.program = sys.argv.pop(1)
    unittest.main()
