#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""STS and credentials URIs behind a certificate authority of one's own: the target's ca_file is trusted there too, and
SSL_CERT_FILE stands for the system's authorities."""

import pathlib
import ssl
import subprocess

from support.credentials import PROVIDER_ARN, ROLE, CredentialsTest
from support.key_giver import KeyGiver
from support.peers import ACCESS_KEY_ID, ACCESS_KEY_SECRET, Exporter, target
from support.testcase import main


class PrivateAuthority(CredentialsTest):
    def authority(self, name: str) -> pathlib.Path:
        """A file with a certificate for this machine, which signed itself, and its key."""
        file = self.path(f"{name}.pem")
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "1"]
        subject = ["-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1"]
        subprocess.run([*command, *subject, "-keyout", f"{file}.key", "-out", str(file)], check=True, capture_output=True)
        return file

    def giver(self, certificate: pathlib.Path) -> KeyGiver:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, f"{certificate}.key")
        return KeyGiver(self, tls=tls)

    def watching(self, giver: KeyGiver, ca_file: str = "") -> Exporter:
        """By each way to a key that leads over TLS; the endpoint's own authority is the simulator's, so its certificate and
        the giver's share the file."""
        simulator = self.simulator("busy-day")
        bundle = self.write("bundle.pem", simulator.ca_file.read_text() + (pathlib.Path(ca_file).read_text() if ca_file else ""))
        key = {"access_key_id": ACCESS_KEY_ID, "access_key_secret": ACCESS_KEY_SECRET}
        sts = {"role_arn": ROLE, "sts_endpoint": giver.url}
        oidc = {"oidc_provider_arn": PROVIDER_ARN, "oidc_token_file": self.write("token", giver.oidc_token)}
        profile = {"mode": "RamRoleArn", "ram_role_arn": ROLE, "sts_endpoint": giver.url.removeprefix("https://"), **key}
        ways = {
            "uri": {"type": "credentials_uri", "uri": giver.url},
            "role": {"type": "ram_role_arn", "source": "access_key", **key, **sts},
            "oidc": {"type": "oidc_role_arn", **oidc, **sts},
            "chain": {"type": "default"},
            "profile": {"type": "profile", "config_file": self.write_profiles("config.json", profile)},
        }
        self.set_variable("ALIBABA_CLOUD_ECS_METADATA_DISABLED", "true")
        self.set_variable("ALIBABA_CLOUD_CREDENTIALS_URI", giver.url)
        self.names = list(ways)
        targets = [target(simulator, name=name, ca_file=bundle, credentials=keys) for name, keys in ways.items()]
        return self.exporter(simulator, targets=targets)

    def test_the_targets_own_is_trusted_wherever_it_asks(self) -> None:
        ours = self.authority("ours")
        exporter = self.watching(self.giver(ours), ca_file=str(ours))
        exporter.await_at_least(len(self.names), "up")

    def test_the_systems_are_trusted_wherever_somebody_asks(self) -> None:
        ours = self.authority("ours")
        self.set_variable("SSL_CERT_FILE", str(ours))
        exporter = self.watching(self.giver(ours))
        exporter.await_at_least(len(self.names), "up")

    def test_nobody_else_is_trusted(self) -> None:
        giver = self.giver(self.authority("theirs"))
        exporter = self.watching(giver, ca_file=str(self.authority("ours")))
        for name in self.names:
            exporter.await_at_least(1, "polls_total", target=name, result="failed")
            self.assertTrue(exporter.process.lines(f"target={name} .*certificate"), name)
        self.assertEqual(exporter.scrape().total("up"), 0)
        self.assertEqual(giver.asked, [], "nothing was told to a stranger")


if __name__ == "__main__":
    main()
