#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Files of --web.config.file, held against promtool: what other exporters take is taken, what they refuse is refused. Where the
two differ, the table says why."""

import subprocess

from support.peers import EXPORTER, ROOT
from support.testcase import EndToEnd, main
from support.web_clients import Authority

HASH = "$2y$10$mDwo.lAisC94iLAyP81MCesa29IzH37oigHC/42V2pdJlUprsJPze"
PAIR = "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n"
CLIENTS = "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.crt\n"
# What the format's own documentation has as its example.
DOCUMENTED = f"""
tls_server_config:
  cert_file: server.crt
  key_file: server.key
basic_auth_users:
  alice: {HASH}
  bob: $2y$10$hLqFl9jSjoAAy95Z/zw8Ye8wkdMBM8c5Bn1ptYqP/AXyV0.oy0S8m
"""
EVERY_KEY = f"""
tls_server_config:
  cert_file: server.crt
  key_file: server.key
{CLIENTS}  min_version: TLS12
  max_version: TLS13
  prefer_server_cipher_suites: false
  cipher_suites: [TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_AES_128_GCM_SHA256, TLS_RSA_WITH_AES_128_CBC_SHA]
  curve_preferences: [CurveP256, CurveP384, CurveP521, X25519]
http_server_config:
  http2: false
  headers:
    Content-Security-Policy: default-src 'self'
    X-Frame-Options: sameorigin
    X-Content-Type-Options: nosniff
    X-XSS-Protection: "0"
    Strict-Transport-Security: max-age=31536000
basic_auth_users:
  alice: {HASH}
"""

BOTH_TAKE = {
    "nothing": "",
    "an empty mapping": "{}\n",
    "the documented example": DOCUMENTED,
    "every key": EVERY_KEY,
    "certificate and key": PAIR,
    "users without TLS": f"basic_auth_users: {{alice: '{HASH}'}}\n",
    **{f"client_auth_type {word}": f"{PAIR}  client_auth_type: {word}\n" for word in (
        "NoClientCert", "RequestClientCert", "RequireAnyClientCert", "RequireClientCert", "VerifyClientCertIfGiven",
        "RequireAndVerifyClientCert", "''")},
    "a hash of the other two letters": f"basic_auth_users: {{a: '{HASH.replace('y', 'a', 1)}', b: '{HASH.replace('y', 'b', 1)}'}}\n",
}  # fmt: skip

BOTH_REFUSE = {
    "a list": "[]\n",
    "an unknown section": "tls_config: {}\n",
    "an unknown key": PAIR + "  certificate: x\n",
    "a key twice": PAIR + "  cert_file: server.crt\n",
    "no key": "tls_server_config: {cert_file: server.crt}\n",
    "no certificate": "tls_server_config: {key_file: server.key}\n",
    "a file that is not there": "tls_server_config: {cert_file: none.crt, key_file: server.key}\n",
    "another's key": "tls_server_config: {cert_file: server.crt, key_file: other.key}\n",
    "a key in place of the certificate": "tls_server_config: {cert_file: server.key, key_file: server.key}\n",
    "an authority that is not there": PAIR + CLIENTS.replace("ca.crt", "none.crt"),
    "an authority for nobody": PAIR + "  client_ca_file: ca.crt\n",
    "an unknown policy": PAIR + "  client_auth_type: Always\n",
    "an unknown version": PAIR + "  min_version: TLS14\n",
    "an unknown suite": PAIR + "  cipher_suites: [TLS_MADE_UP]\n",
    "an unknown curve": PAIR + "  curve_preferences: [P-256]\n",
    "an unknown header": "http_server_config: {headers: {Server: x}}\n",
    "a wrong frame option": "http_server_config: {headers: {X-Frame-Options: allow}}\n",
    "a wrong type option": "http_server_config: {headers: {X-Content-Type-Options: sniff}}\n",
    "a password in place of its hash": "basic_auth_users: {alice: hunter2-and-more}\n",
    "a hash of SHA": "basic_auth_users: {alice: '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g='}\n",
    "broken YAML": "tls_server_config: [\n",
}

# Keys of the format that are newer than Debian's promtool, which therefore refuses them.
NEWER = {
    "allowed names": PAIR + CLIENTS + "  client_allowed_sans: [a.example]\n",
    "a rate limit": "rate_limit: {interval: 1s, burst: 20}\n",
}

# Where this is stricter, because the file could not mean what it says.
STRICTER = {
    "versions that are too old": PAIR + "  min_version: TLS10\n",
    "versions the wrong way round": PAIR + "  min_version: TLS13\n  max_version: TLS12\n",
    "TLS without certificate": "tls_server_config: {min_version: TLS12}\n",
    "an authority without a certificate": PAIR + CLIENTS.replace("ca.crt", "server.key"),
    "a header of two lines": 'http_server_config: {headers: {Content-Security-Policy: "a\\nSet-Cookie: b"}}\n',
    "a user who cannot log in": f"basic_auth_users: {{'a:b': '{HASH}'}}\n",
    "a hash that takes hours": f"basic_auth_users: {{a: '{HASH.replace('$10$', '$31$')}'}}\n",
}


class Format(EndToEnd):
    def setUp(self) -> None:
        super().setUp()
        authority = Authority(self.directory, "ca")
        self.home = authority.folder
        for name in ("server", "other"):
            authority.issue(name, "DNS:localhost")
        for file in self.home.glob("*.key"):
            file.chmod(0o600)
        self.config = self.home / "config.yml"
        self.config.write_text("targets: [{name: a, site: cn}]\n")

    def ours(self, yaml: str) -> subprocess.CompletedProcess:
        self.file = self.home / "web.yml"
        self.file.write_text(yaml)
        command = [str(EXPORTER), "check-config", f"--config.file={self.config}", f"--web.config.file={self.file}"]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    def promtool(self) -> int:
        return subprocess.run(["promtool", "check", "web-config", str(self.file)], capture_output=True, timeout=60).returncode

    def assert_refused(self, told: subprocess.CompletedProcess, name: str) -> None:
        self.assertEqual(told.returncode, 2, name)
        self.assertEqual(told.stdout, "", name)
        self.assertIn(f"{self.file}:", told.stderr, name)
        self.assertNotIn("hunter2", told.stderr)
        self.assertNotIn(HASH, told.stderr)

    def test_what_others_take_is_taken(self) -> None:
        for name, yaml in BOTH_TAKE.items():
            told = self.ours(yaml)
            self.assertEqual((told.returncode, told.stderr), (0, ""), name)
            self.assertEqual(self.promtool(), 0, name)

    def test_what_others_refuse_is_refused(self) -> None:
        for name, yaml in BOTH_REFUSE.items():
            self.assert_refused(self.ours(yaml), name)
            self.assertNotEqual(self.promtool(), 0, name)

    def test_what_is_newer_than_promtool_is_taken(self) -> None:
        for name, yaml in NEWER.items():
            told = self.ours(yaml)
            self.assertEqual((told.returncode, told.stderr), (0, ""), name)
            self.assertNotEqual(self.promtool(), 0, f"{name}: promtool knows it now; move it up")

    def test_what_could_not_mean_what_it_says_is_refused(self) -> None:
        for name, yaml in STRICTER.items():
            self.assert_refused(self.ours(yaml), name)
            self.assertEqual(self.promtool(), 0, name)

    def test_certificates_may_stand_in_the_file(self) -> None:
        def inline(name: str) -> str:
            return "|\n" + "".join(f"    {line}\n" for line in (self.home / name).read_text().splitlines())

        yaml = f"tls_server_config:\n  cert: {inline('server.crt')}  key: {inline('server.key')}"
        told = self.ours(yaml)
        self.assertEqual((told.returncode, told.stderr), (0, ""))
        self.assert_refused(self.ours(yaml.replace("cert: |", "cert_file: server.crt\n  cert: |")), "both")

    def test_each_mistake_has_its_place_and_what_would_be_right(self) -> None:
        told = self.ours("tls_server_config:\n  cert_fil: server.crt\n  min_version: TLS11\nrate_limt: {}\n")
        places = [line.removeprefix(f"{self.file}:").split(": ")[:2] for line in told.stderr.splitlines()]
        self.assertEqual(
            places, [["2:3", "tls_server_config.cert_fil"], ["3:16", "tls_server_config.min_version"], ["4:1", "rate_limt"]]
        )
        for right in ("cert_file", "TLS12", "rate_limit"):
            self.assertIn(right, told.stderr)

    def test_the_shipped_example_is_valid(self) -> None:
        self.assertEqual(self.ours((ROOT / "config" / "examples" / "web-config.yml").read_text()).stderr, "")
        self.assertEqual(self.promtool(), 0)


if __name__ == "__main__":
    main()
