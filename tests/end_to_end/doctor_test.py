#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The doctor: all well, and each single thing broken, which gets its own remedy and takes nothing else with it."""

import json
import os
import pty
import subprocess

from support.key_giver import ARN, KeyGiver
from support.peers import ACCESS_KEY_ID, ACCESS_KEY_SECRET, EXPORTER, ROOT, target
from support.process import SANITIZER
from support.testcase import EndToEnd, main
from support.tls_server import Authority, TlsServer, closed_port

STEPS = ["settings", "dns", "tcp", "tls", "clock", "credentials", "identity", "list_permission", "detail_permission", "page",
         "budget"]  # fmt: skip
TOKEN = "CAISt0ken-that-nobody-may-see"
PROXY_PASSWORD = "pr0xy-pass-that-nobody-may-see"
KEY = {"access_key_id": ACCESS_KEY_ID, "access_key_secret": ACCESS_KEY_SECRET}
TASKS = "tasks: [{type: CHECK_ALL, count: 3, first: -2h, runs: 20m..40m, items: 10..20, subtasks: 2..4}]\n"


class Doctor(EndToEnd):
    def setUp(self) -> None:
        super().setUp()
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("ALIBABA_CLOUD_")}
        self.environment |= {"HOME": str(self.directory), "ALIBABA_CLOUD_ECS_METADATA_DISABLED": "true"}
        self.environment["ALIBABA_CLOUD_STS_REGION"] = "nowhere-at-all"  # nobody asks the real one
        self.giver = KeyGiver(self)

    def role(self, **changes: str) -> dict:
        return {"type": "ram_role_arn", "source": "access_key", "role_arn": "acs:ram::1:role/reader",
                "sts_endpoint": self.giver.url} | KEY | changes  # fmt: skip

    def simulator_with(self, scenario: str):
        (self.directory / "scenario.yml").write_text(scenario)
        return self.simulator(str(self.directory / "scenario"))

    def healthy(self, simulator, **changes: object) -> dict:
        return target(simulator, credentials=self.role()) | changes

    def run_doctor(self, targets: list[dict], *arguments: str, **poll: object) -> subprocess.CompletedProcess:
        file = self.directory / "config.yml"
        file.write_text(json.dumps({"targets": targets, "poll": {"request_timeout": "2s"} | poll}))
        command = [str(EXPORTER), "doctor", f"--config.file={file}", *arguments]
        result = subprocess.run(
            command, capture_output=True, text=True, timeout=120, stdin=subprocess.DEVNULL, env=self.environment
        )
        self.assertIsNone(SANITIZER.search(result.stderr), result.stderr)
        for secret in (ACCESS_KEY_SECRET, ACCESS_KEY_ID, TOKEN, PROXY_PASSWORD):
            self.assertNotIn(secret, result.stdout + result.stderr)
        self.assertNotRegex(result.stdout + result.stderr, r"Signature=[0-9a-f]{16}")
        return result

    def examine(self, one: dict, code: int, **poll: object) -> dict[str, dict]:
        """The checks of one target by name; the table says the same as the JSON does."""
        result = self.run_doctor([one], "--format=json", **poll)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        self.assertEqual(result.stderr, "")
        self.report = json.loads(result.stdout)
        checks = self.report["targets"][0]["checks"]
        self.assertEqual([check["check"] for check in checks], STEPS)
        for check in checks:
            has_remedy = check["status"] in ("warning", "failed")
            self.assertEqual(bool(check["remedy"]), has_remedy, check)
            self.assertEqual(bool(check["blocked_by"]), check["status"] == "skipped", check)
        return {check["check"]: check for check in checks}

    def assert_only(self, checks: dict[str, dict], broken: str, status: str, finding: str, remedy: str) -> None:
        """That one is broken, those that need it are skipped, and all others are fine."""
        check = checks[broken]
        self.assertEqual(check["status"], status, check)
        self.assertRegex(check["finding"], finding)
        self.assertRegex(check["remedy"], remedy)
        for name, other in checks.items():
            if other["blocked_by"]:
                self.assertEqual(other["blocked_by"], broken)
            elif name != broken:
                self.assertEqual(other["status"], "ok", other)

    def skipped(self, checks: dict[str, dict]) -> list[str]:
        return [name for name, check in checks.items() if check["status"] == "skipped"]

    def test_all_is_well(self) -> None:
        simulator = self.simulator("busy-day")
        checks = self.examine(self.healthy(simulator), 0)
        self.assertEqual({check["status"] for check in checks.values()}, {"ok"})
        self.assertEqual(self.report["result"], "ok")
        self.assertEqual(checks["tls"]["facts"]["issuer"], "CN=sas-simulator CA")
        self.assertEqual(checks["identity"]["facts"]["arn"], ARN)
        self.assertEqual(checks["credentials"]["facts"]["access_key_id_suffix"], ACCESS_KEY_ID[-4:])
        self.assertEqual(checks["page"]["facts"]["listed"], 100)
        self.assertGreater(checks["page"]["facts"]["total"], 100)
        self.assertIsNone(self.report["ram_policy"])
        self.assertEqual(simulator.status()["requests"]["ListOperationProcessDetail"], {"OK": 1})
        table = self.run_doctor([self.healthy(simulator)])
        self.assertEqual(table.returncode, 0)
        lines = table.stdout.splitlines()
        self.assertEqual(lines[0], f"production  {simulator.endpoint}")
        self.assertEqual([line.split()[:2] for line in lines[1 : 1 + len(STEPS)]], [["ok", step] for step in STEPS])
        self.assertNotIn("\x1b", table.stdout)

    def test_a_name_that_is_not_found(self) -> None:
        checks = self.examine({"name": "a", "endpoint": "https://no-such-host.invalid", "credentials": self.role()}, 1)
        self.assert_only(checks, "dns", "failed", "no-such-host.invalid:443 is not found", "endpoint of the target")
        self.assertEqual(self.skipped(checks), ["tcp", "tls", "clock", "list_permission", "detail_permission", "page"])

    def test_a_closed_port(self) -> None:
        endpoint = f"https://127.0.0.1:{closed_port(self)}"
        checks = self.examine({"name": "a", "endpoint": endpoint, "credentials": self.role()}, 1)
        self.assert_only(checks, "tcp", "failed", "Connection refused", "firewalls")

    def test_a_proxy_that_is_not_there(self) -> None:
        port = closed_port(self)
        self.environment["https_proxy"] = f"http://user:{PROXY_PASSWORD}@127.0.0.1:{port}"
        checks = self.examine({"name": "a", "endpoint": "https://no-such-host.invalid", "credentials": self.role()}, 1)
        self.assert_only(checks, "tcp", "failed", f"no connection to 127.0.0.1:{port}", "which HTTPS_PROXY names")
        self.assertTrue(checks["dns"]["facts"]["through_proxy"])

    def assert_tls(self, server: TlsServer, ca_file: object, finding: str, remedy: str) -> None:
        one = {"name": "a", "endpoint": f"https://localhost:{server.port}", "credentials": self.role()}
        if ca_file:
            one["ca_file"] = str(ca_file)
        checks = self.examine(one, 1)
        self.assert_only(checks, "tls", "failed", finding, remedy)
        self.assertEqual(self.skipped(checks), ["clock", "list_permission", "detail_permission", "page"])

    def test_certificates_with_each_fault(self) -> None:
        authority = Authority(self.folder("authority"))
        good = TlsServer(self, authority.issue("DNS:localhost"))
        self.assert_tls(good, None, "trusts .*CN=Authority of the test", "ca_file")
        misnamed = TlsServer(self, authority.issue("DNS:example.com"))
        self.assert_tls(misnamed, authority.ca_file, "made out to example.com, not to localhost", "issued for localhost")
        expired = TlsServer(self, authority.issue("DNS:localhost", ("20200101000000Z", "20210203040506Z")))
        self.assert_tls(expired, authority.ca_file, "expired.*2021-02-03T04:05:06Z", "renewed")
        future = TlsServer(self, authority.issue("DNS:localhost", ("20480101000000Z", "20490101000000Z")))
        self.assert_tls(future, authority.ca_file, "not valid yet.*2048-01-01T00:00:00Z", "clock")

    def test_something_that_speaks_no_tls(self) -> None:
        self.assert_tls(TlsServer(self, None, b"SSH-2.0-OpenSSH_9.2\r\n"), None, "does not speak TLS", "http://")

    def test_a_port_that_keeps_silent(self) -> None:
        self.assert_tls(TlsServer(self, None), None, "no handshake.*longer than allowed", "TLS 1.2")

    def test_a_ca_file_that_is_not_there(self) -> None:
        simulator = self.simulator_with(TASKS)
        checks = self.examine(self.healthy(simulator, ca_file="/nonexistent/ca.pem"), 1)
        self.assert_only(checks, "settings", "failed", "/nonexistent/ca.pem", "ca_file")
        self.assertEqual(self.skipped(checks), STEPS[1:-1])

    def test_a_clock_that_is_off_does_not_keep_it_from_asking(self) -> None:
        simulator = self.simulator_with(TASKS + "service: {clock_offset: 20m}\n")
        checks = self.examine(self.healthy(simulator), 1)
        self.assert_only(checks, "clock", "failed", "clock is (20|19)m behind", "timedatectl set-ntp true")
        self.assertEqual(self.skipped(checks), [])

    def assert_refused(self, credentials: dict, code: str, remedy: str) -> None:
        simulator = self.simulator_with(TASKS)
        checks = self.examine(target(simulator, credentials=credentials), 1)
        self.assertEqual(checks["identity"]["status"], "warning")
        self.assertIn("sts.nowhere-at-all.aliyuncs.com", checks["identity"]["finding"])
        checks["identity"]["status"] = "ok"
        self.assert_only(checks, "list_permission", "failed", code, remedy)
        self.assertEqual(self.skipped(checks), ["detail_permission", "page"])
        self.assertIsNone(self.report["ram_policy"])

    def test_a_key_that_nobody_knows(self) -> None:
        credentials = {"type": "access_key", "access_key_id": "LTAI-of-nobody", "access_key_secret": ACCESS_KEY_SECRET}
        self.assert_refused(credentials, "InvalidAccessKeyId", "exists and is active")

    def test_a_wrong_secret(self) -> None:
        credentials = {"type": "access_key"} | KEY | {"access_key_secret": "not-" + ACCESS_KEY_SECRET}
        self.assert_refused(credentials, "SignatureDoesNotMatch", "secret does not belong")

    def test_a_wrong_token(self) -> None:
        credentials = {"type": "sts", "security_token": TOKEN} | KEY
        self.assert_refused(credentials, "InvalidSecurityToken", "Renew the security token")

    def test_a_role_that_the_key_may_not_assume(self) -> None:
        simulator = self.simulator_with(TASKS)
        checks = self.examine(self.healthy(simulator, credentials=self.role(access_key_id="LTAI-of-nobody")), 1)
        self.assert_only(checks, "credentials", "failed", "AssumeRole.*InvalidAccessKeyId", "exists and is active")

    def test_no_credentials_at_all(self) -> None:
        simulator = self.simulator_with(TASKS)
        checks = self.examine(self.healthy(simulator, credentials={"type": "default"}), 1)
        self.assert_only(checks, "credentials", "failed", "no credentials found", "ALIBABA_CLOUD_ACCESS_KEY_ID")
        passed_over = {entry["provider"]: entry["reason"] for entry in checks["credentials"]["facts"]["passed_over"]}
        self.assertEqual(len(passed_over), 6)
        self.assertIn("ALIBABA_CLOUD_ECS_METADATA_DISABLED", passed_over["ecs_ram_role"])
        self.assertEqual(self.skipped(checks), ["identity", "list_permission", "detail_permission", "page"])

    def test_the_chain_tells_whom_it_passed_over(self) -> None:
        self.environment["ALIBABA_CLOUD_CREDENTIALS_URI"] = self.giver.url
        checks = self.examine(self.healthy(self.simulator_with(TASKS), credentials={"type": "default"}), 0)
        facts = checks["credentials"]["facts"]
        self.assertEqual(facts["provider"], "credentials_uri")
        self.assertEqual(len(facts["passed_over"]), 5)
        self.assertIsNotNone(facts["expires"])

    def without_permission(self, action: str, code: str, exit_code: int) -> dict[str, dict]:
        fault = f"faults: [{{kind: error, code: {code}, action: {action}}}]\n"
        return self.examine(self.healthy(self.simulator_with(TASKS + fault)), exit_code)

    def test_no_permission_to_list(self) -> None:
        for code in ("NoPermission", "Forbidden.RAM"):
            checks = self.without_permission("ListOperationProcess", code, 1)
            needs = f"Attach the policy below to {ARN}: it needs yundun-sas:ListOperationProcess\\."
            self.assert_only(checks, "list_permission", "failed", code, needs)
            self.assertEqual(self.skipped(checks), ["page"])
            self.assertEqual(self.report["ram_policy"], json.loads((ROOT / "config" / "ram-policy.json").read_text()))

    def test_no_permission_for_details_is_a_warning(self) -> None:
        checks = self.without_permission("ListOperationProcessDetail", "Forbidden.RAM", 0)
        self.assert_only(checks, "detail_permission", "warning", "Forbidden.RAM", "yundun-sas:ListOperationProcessDetail")
        self.assertEqual(self.report["result"], "warning")
        self.assertIsNotNone(self.report["ram_policy"])

    def test_the_table_prints_the_policy(self) -> None:
        simulator = self.simulator_with(TASKS + "faults: [{kind: error, code: NoPermission}]\n")
        result = self.run_doctor([self.healthy(simulator)])
        self.assertEqual(result.returncode, 1)
        self.assertIn((ROOT / "config" / "ram-policy.json").read_text(), result.stdout)

    def test_throttled(self) -> None:
        fault = "faults: [{kind: error, code: Throttling.User, retry_after: 100ms}]\n"
        checks = self.examine(self.healthy(self.simulator_with(TASKS + fault)), 1)
        self.assert_only(checks, "list_permission", "failed", "Throttling.User", "poll.max_requests_per_second.*Quota Center")

    def test_an_empty_list_may_be_the_other_centre(self) -> None:
        checks = self.examine(self.healthy(self.simulator_with("tasks: []\n")), 0)
        self.assert_only(checks, "page", "warning", "list of tasks is empty", "another service centre.*site: ")

    def test_an_answer_that_is_not_the_services(self) -> None:
        checks = self.examine(self.healthy(self.simulator_with(TASKS + "faults: [{kind: html, status: 404}]\n")), 1)
        self.assert_only(checks, "list_permission", "failed", "not the service's", "Security Center's OpenAPI")

    def test_one_that_fails_takes_no_other_with_it_and_all_are_told_in_order(self) -> None:
        simulator = self.simulator_with(TASKS)
        broken = {"name": "broken", "endpoint": f"https://127.0.0.1:{closed_port(self)}", "credentials": self.role()}
        targets = [self.healthy(simulator, name=f"t{i}") for i in range(8)]
        result = self.run_doctor([*targets[:3], broken, *targets[3:]], "--format=json", max_requests_per_second=4)
        self.assertEqual(result.returncode, 1)
        told = json.loads(result.stdout)["targets"]
        self.assertEqual([each["target"] for each in told], ["t0", "t1", "t2", "broken", "t3", "t4", "t5", "t6", "t7"])
        self.assertEqual([each["target"] for each in told if each["result"] != "ok"], ["broken"])
        budget = told[0]["checks"][-1]["facts"]
        self.assertEqual(budget["targets_sharing_key"], 9)
        calls = simulator.status()["most_calls_in_a_second"]
        self.assertLessEqual(max(calls.values()), 4, calls)

    def test_a_file_with_mistakes_is_refused_as_check_config_does(self) -> None:
        told = self.run_doctor([{"name": "a", "site": "mars"}], "--format=json")
        self.assertEqual((told.returncode, told.stdout), (2, ""))
        command = [str(EXPORTER), "check-config", f"--config.file={self.directory / 'config.yml'}"]
        checked = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(told.stderr, checked.stderr)

    def test_the_loudest_log_tells_no_secret_either(self) -> None:
        simulator = self.simulator_with(TASKS + "faults: [{kind: error, code: ServerError}]\n")
        credentials = {"type": "access_key"} | KEY | {"access_key_secret": "not-" + ACCESS_KEY_SECRET}
        targets = [self.healthy(simulator), target(simulator, name="b", credentials=credentials)]
        result = self.run_doctor(targets, "--log.level=debug")
        self.assertEqual(result.returncode, 1)
        self.assertIn('msg="call ended"', result.stderr)

    def test_colours_on_a_terminal_only_and_not_where_they_are_not_wanted(self) -> None:
        self.run_doctor([self.healthy(self.simulator_with(TASKS))])
        command = [str(EXPORTER), "doctor", f"--config.file={self.directory / 'config.yml'}"]
        for more, has_colours in (({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)):
            ours, theirs = pty.openpty()
            environment = self.environment | {"TERM": "xterm"} | more
            subprocess.run(command, stdin=theirs, stdout=theirs, env=environment, timeout=60, check=True)
            os.close(theirs)
            self.assertEqual(b"\x1b[32m" in os.read(ours, 65536), has_colours, more)
            os.close(ours)


if __name__ == "__main__":
    main()
