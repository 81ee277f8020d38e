#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Secrets stay inside, whatever fails: neither logs at their loudest, nor pages, nor metrics, nor the state file, nor what
the other commands print, nor the process's own description have them in any form."""

import json
import os
import pathlib
import subprocess
import urllib.parse

from support.credentials import PROVIDER_ARN, ROLE, CredentialsTest, config_text
from support.key_giver import KeyGiver
from support.key_ring import Key, KeyRing
from support.leaks import forms, leaks
from support.peers import ACCESS_KEY_SECRET, EXPORTER, Exporter, target
from support.refusing_proxy import RefusingProxy
from support.testcase import main
from support.wait import until

PAGES = ("/", "/metrics", "/-/healthy", "/-/ready", "/nothing", "/api/v1/tasks", "/api/v1/targets", "/api/v1/events")
COMMANDS = ("check-config", "once", "doctor")
SIGNATURE = r"Signature=[0-9a-f]{16}"


class Secrets(CredentialsTest):
    def setUp(self) -> None:
        super().setUp()
        self.marks: dict[str, str] = {}
        self.targets: list[dict] = []
        self.ring = KeyRing(self.path("keys.json"))
        self.ring.mint("right")

    def mark(self, name: str) -> str:
        """A secret that stands nowhere else."""
        return self.marks.setdefault(name, f"m4rk+{name}/S3cret-{len(self.marks):03}=")

    def wrong_key(self, name: str, token: bool = False) -> Key:
        """Of an id that the service knows with another secret: it refuses the signature, and quotes all that it signed."""
        known = self.ring.mint(name)
        known.token = self.mark(f"{name}_token") if token else ""
        self.ring.write()
        return Key(known.id, self.mark(f"{name}_secret"), known.token)

    def watch(self, name: str, **credentials: object) -> None:
        self.targets.append({"name": name, "credentials": credentials})

    def run_daemon(self, *arguments: str) -> Exporter:
        self.served = self.simulator("busy-day", keys=self.ring.file)
        targets = [target(self.served, **entry) for entry in self.targets]
        state = {"file": str(self.path("state"))}
        return self.exporter(self.served, "--log.level=debug", *arguments, targets=targets, state=state)

    def said(self, exporter: Exporter) -> dict[str, str]:
        """All that it has said, by place; it has ended then."""
        texts = {path: exporter.get(path).text() for path in PAGES}
        texts["OpenMetrics"] = exporter.get("/metrics", Accept="application/openmetrics-text").text()
        texts["command line"] = pathlib.Path(f"/proc/{exporter.process.running.pid}/cmdline").read_text()
        exporter.process.stop()
        texts["log"] = exporter.process.output
        kept = sorted(self.directory.glob("state*"))
        texts["state files"] = "".join(f"{path.name} {path.read_text(errors='replace')}" for path in kept)
        return texts | self.printed(exporter.config)

    def printed(self, config: pathlib.Path) -> dict[str, str]:
        """By the other commands."""
        words = (f"--config.file={config}", "--log.level=debug")
        return {name: self.command(name, *words) for name in COMMANDS}

    def command(self, *words: str) -> str:
        done = subprocess.run([str(EXPORTER), *words], capture_output=True, text=True, timeout=120)
        return done.stdout + done.stderr

    def assert_kept(self, texts: dict[str, str]) -> None:
        self.assertEqual(leaks(texts, self.marks), [])
        for place, text in texts.items():
            self.assertNotRegex(text, SIGNATURE, place)

    def echoing(self, status: int, text: str) -> KeyGiver:
        giver = KeyGiver(self)
        giver.refuses = (status, text.encode())
        return giver

    def watch_stored_keys(self) -> None:
        key = self.wrong_key("yaml")
        self.watch("yaml", type="access_key", access_key_id=key.id, access_key_secret=key.secret)
        key = self.wrong_key("variable", token=True)
        self.set_variable("SAS_SECRET", key.secret)
        self.set_variable("SAS_TOKEN", key.token)
        variables = {"access_key_secret": "${SAS_SECRET}", "security_token": "${SAS_TOKEN}"}
        self.watch("variable", type="sts", access_key_id=key.id, **variables)
        key = self.wrong_key("file", token=True)
        files = {"access_key_secret_file": self.write("s", key.secret), "security_token_file": self.write("t", key.token)}
        self.watch("file", type="sts", access_key_id=key.id, **files)
        key = self.wrong_key("cli", token=True)
        profile = {"mode": "StsToken", "access_key_id": key.id, "access_key_secret": key.secret, "sts_token": key.token}
        whole = config_text(profile)
        self.watch("cli", type="profile", config_file=self.write("cli.json", whole))
        self.watch("half", type="profile", config_file=self.write("half.json", whole[:-10]))
        unsupported = config_text(profile | {"mode": self.mark("mode")} | {"mode": "CloudSSO"})
        self.watch("sso", type="profile", config_file=self.write("sso.json", unsupported))
        self.set_variable("ALIBABA_CLOUD_CREDENTIALS_FILE", self.write("ini", f"[default]\n{self.mark('ini_line')}\n"))
        self.set_variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
        self.watch("chain", type="default")

    def watch_roles(self) -> None:
        token = self.mark("oidc_token")
        oidc = {"oidc_provider_arn": PROVIDER_ARN, "oidc_token_file": self.write("oidc", token), "role_arn": ROLE}
        bad = json.dumps({"Code": "AuthenticationFail.OIDCToken.Invalid", "Message": f"bad: {token}", "RequestId": token})
        page = f"<html>POST OIDCToken={urllib.parse.quote(token, safe='')} or {token}</html>"
        for name, giver in (("oidc_told", self.echoing(400, bad)), ("oidc_page", self.echoing(502, page))):
            self.watch(name, type="oidc_role_arn", sts_endpoint=giver.url, **oidc)
        policy, external_id = json.dumps({"Version": self.mark("policy")}), "id-" + "m4rk-external-S3cret"
        self.marks["external_id"] = external_id
        key = self.wrong_key("assuming", token=True)
        quoted = f"POST\n/\nPolicy={urllib.parse.quote(policy)}&ExternalId={external_id}\nx-acs-security-token:{key.token}\n"
        message = f"server StringToSign is [ACS3] server CanonicalRequest is [{quoted}]"
        giver = self.echoing(400, json.dumps({"Code": "SignatureDoesNotMatch", "Message": message, "RequestId": "R"}))
        parts = {"access_key_id": key.id, "access_key_secret": key.secret, "security_token": key.token}
        narrowed = {"policy": policy, "external_id": external_id, "role_arn": ROLE, "sts_endpoint": giver.url}
        self.watch("assuming", type="ram_role_arn", source="sts", **parts, **narrowed)
        short = self.echoing(400, json.dumps({"Code": "InvalidSecurityToken.Malformed", "Message": f"{key.token} is none"}))
        self.watch("malformed", type="ram_role_arn", source="sts", **parts, **(narrowed | {"sts_endpoint": short.url}))

    def watch_addresses(self) -> None:
        query = "/key?token=" + self.mark("uri_query")
        for name, status in (("uri_refuses", 403), ("uri_nonsense", 200), ("uri_down", 503)):
            giver = self.echoing(status, f"what is {query} and {self.mark('uri_body')}")
            self.watch(name, type="credentials_uri", uri=giver.url + query)
        self.watch("uri_nobody", type="credentials_uri", uri="http://127.0.0.1:9" + query)
        key = self.wrong_key("given", token=True)
        answer = {"AccessKeyId": key.id, "AccessKeySecret": key.secret, "SecurityToken": key.token}
        self.watch("uri_key", type="credentials_uri", uri=self.echoing(200, json.dumps(answer)).url + query)

    def watch_programs(self) -> None:
        out, err, word = self.mark("stdout"), self.mark("stderr"), self.mark("argument")
        key = self.wrong_key("printed")
        right = json.dumps({"mode": "AK", "access_key_id": key.id, "access_key_secret": key.secret})
        for name, line in {
            "fails": f"echo '{out}'; echo '{err}' >&2; exit 1",
            "nonsense": f"echo '{out}'",
            "odd_mode": f"""echo '{{"mode": "{out}", "access_key_id": "x"}}'""",
            "right": f"echo '{right}'; echo '{err}' >&2",
        }.items():
            program = self.write(f"program.{name}", f"#!/bin/sh\n{line}\n", 0o700)
            profile = {"mode": "External", "process_command": f"{program} --password '{word}'"}
            self.watch(f"program_{name}", type="profile", config_file=self.write_profiles(f"{name}.json", profile))
        profile = {"mode": "External", "process_command": f"/nowhere/program '{word}"}
        self.watch("program_open_quote", type="profile", config_file=self.write_profiles("open.json", profile))

    def watch_through_a_proxy(self) -> None:
        proxy = RefusingProxy(self)
        password = urllib.parse.quote(self.mark("proxy_password"), safe="")
        self.set_variable("HTTPS_PROXY", f"http://user:{password}@{proxy.address}")
        self.set_variable("NO_PROXY", "127.0.0.1")
        key = self.wrong_key("proxied")
        self.watch("proxied", type="access_key", access_key_id=key.id, access_key_secret=key.secret)
        self.targets[-1]["endpoint"] = "https://tds.example.com"

    def test_whatever_fails(self) -> None:
        self.watch_stored_keys()
        self.watch_roles()
        self.watch_addresses()
        self.watch_programs()
        self.watch_through_a_proxy()
        names = {entry["name"] for entry in self.targets}
        right = self.ring.of("right")[0]
        self.marks["right"] = right.secret
        self.watch("right", type="access_key", access_key_id=right.id, access_key_secret=right.secret)
        exporter = self.run_daemon()

        def failed_twice() -> bool:
            found = exporter.scrape().find("polls_total", result="failed")
            return {sample.labels["target"] for sample in found if sample.value >= 2} == names

        until(failed_twice, "each has failed twice")
        for name in names:
            self.assertTrue(exporter.process.lines(f'msg="poll did not complete" target={name} '), name)
        texts = self.said(exporter)
        for command in COMMANDS:
            self.assertIn("uri_nobody", texts[command], "it has looked at the targets")
        self.assertIn("right", texts["state files"])
        self.assertIn("SignatureDoesNotMatch", texts["log"])
        self.assert_kept(texts)

    def test_mistakes_in_the_configuration(self) -> None:
        secret = self.mark("configuration")
        for text in (
            f"targets: [{{name: a, site: cn, credentials: {{type: access_key, access_key_id: x, access_key_secret: ['{secret}']}}}}]",
            f"targets: [{{name: a, site: cn, credentials: {{type: default, access_key_secret: '{secret}'}}}}]",
            f"targets: [{{name: a, site: cn, credentials: {{type: access_key, access_key_id: x, access_key_secret: ' {secret}'}}}}]",
            f"targets: [{{name: a, site: cn, credentials: {{type: credentials_uri, uri: 'ftp://{secret}'}}}}]",
            f"targets: [{{name: a, site: cn}}]\nalerts: {{sinks: [{{type: webhook, url: 'https://{secret}@h/'}}]}}",
            f"targets: [{{name: a, site: cn}}]\nalerts: {{sinks: [{{type: webhook, url: 'https://h/#{secret}'}}]}}",
            f"targets: [{{name: a, site: cn}}]\nalerts: {{sinks: [{{type: log, bearer_token: '{secret}', secret: '{secret}'}}]}}",
            f"targets: [{{name: a, site: cn, credentials: {{type: sts, access_key_id: x, security_token: '{secret}",
        ):
            told = self.command("check-config", "--config.file=" + self.write("broken.yml", text))
            self.assertRegex(told, "broken.yml")
            self.assertEqual(leaks({"check-config": told}, self.marks), [], text)

    def test_a_leak_would_be_found(self) -> None:
        """What is no secret, looked for as if it were one, is found in each place; and every form is recognized."""
        name = "m4rk-planted-S3cret-0001"
        right = self.ring.of("right")[0]
        self.watch(name, type="access_key", access_key_id=right.id, access_key_secret=right.secret)
        exporter = self.run_daemon(f"--log.format=logfmt")
        exporter.await_value(1, "up")
        texts = self.said(exporter)
        found = {leak.partition(" in ")[2] for leak in leaks(texts, {"planted": name})}
        self.assertLessEqual({"/metrics", "OpenMetrics", "log", "state files", *COMMANDS}, found)
        self.assertEqual(leaks(texts, {"right": right.secret}), [])
        self.assertTrue(leaks(texts, {"an argument": "--log.level=debug"}), "the command line is looked at")
        for form, text in forms(name).items():
            self.assertTrue(leaks({"here": f"a {text} b"}, {"planted": name}), form)

    def test_a_secret_in_a_file_is_read_again_when_it_changes(self) -> None:
        right = self.ring.of("right")[0]
        self.marks["right"] = right.secret
        secret = self.write("secret", self.mark("wrong") + "\n")
        self.watch("changing", type="access_key", access_key_id=right.id, access_key_secret_file=secret)
        exporter = self.run_daemon()
        exporter.await_at_least(1, "polls_total", result="failed")
        self.write("secret", right.secret + "\n")
        exporter.await_value(1, "up")
        self.assert_kept(self.said(exporter))

    def test_nobody_else_may_read_the_memory(self) -> None:
        """The kernel gives the memory of a process that may not be dumped to root alone."""
        self.watch("any", type="default")
        config = self.run_daemon().config
        nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
        self.directory.chmod(0o755)
        other = subprocess.Popen([*nobody, "sleep", "1000"])
        self.addCleanup(other.wait)
        self.addCleanup(other.kill)
        until(lambda: self.owner_of_memory(other.pid) != 0, "another's memory is its own")
        if subprocess.run([*nobody, str(EXPORTER), "--version"], capture_output=True).returncode != 0:
            self.skipTest("another user may not run the program where it lies")
        daemon = self.start("exporter", [*nobody, str(EXPORTER), f"--config.file={config}"])
        daemon.await_line("listening")
        self.assertEqual(self.owner_of_memory(daemon.running.pid), 0)
        silent = self.path("silent.yml")
        os.mkfifo(silent)
        silent.chmod(0o644)
        for command in ("run", *COMMANDS):
            waiting = subprocess.Popen([*nobody, str(EXPORTER), command, f"--config.file={silent}"])
            self.addCleanup(waiting.wait)
            self.addCleanup(waiting.kill)
            until(lambda: self.name_of(waiting.pid) == EXPORTER.name[:15], f"{command} has begun")
            until(lambda: self.owner_of_memory(waiting.pid) == 0, f"{command} is private before it reads its settings")

    def name_of(self, pid: int) -> str:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()

    def owner_of_memory(self, pid: int) -> int:
        return pathlib.Path(f"/proc/{pid}/mem").stat().st_uid


if __name__ == "__main__":
    main()
