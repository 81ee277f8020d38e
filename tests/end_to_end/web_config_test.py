#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon's own server as operators set it up: TLS, client certificates, users, sockets, prefixes. Its clients are curl and
a real Prometheus; promtool says whether other exporters take the same files."""

import concurrent.futures
import os
import re
import socket
import ssl
import subprocess
import urllib.request

from support.leaks import leaks
from support.peers import EXPORTER, ROOT, Exporter
from support.testcase import EndToEnd, main
from support.wait import until
from support.web_clients import LONG_AGO, Authority, Curled, Proxy, ScrapingPrometheus, bcrypt, curl

PASSWORD = "correct horse battery staple"
WRONG = "tr0ub4dor and the third"
# Nobody is there: what the daemon polls does not matter here.
NOWHERE = {
    "name": "production",
    "endpoint": "http://127.0.0.1:1",
    "credentials": {"type": "access_key", "access_key_id": "LTAI-nowhere", "access_key_secret": "no-secret-at-all"},
}
TLS = "tls_server_config:\n  cert_file: server.crt\n  key_file: server.key\n"
CLIENTS = "  client_auth_type: RequireAndVerifyClientCert\n  client_ca_file: ca.crt\n"


class WebServer(EndToEnd):
    def setUp(self) -> None:
        super().setUp()
        self.authority = Authority(self.directory, "ours")
        self.home = self.directory / "web"
        self.home.mkdir()
        self.file = self.home / "web.yml"
        self.install("server")
        (self.home / "ca.crt").write_bytes(self.authority.file.read_bytes())
        self.hash = bcrypt(PASSWORD)
        self.users = f"basic_auth_users:\n  alice: {self.hash}\n"

    def install(self, name: str) -> None:
        pair = self.authority.issue(name, "DNS:localhost,IP:127.0.0.1")
        pair.install(self.home / "server.crt", self.home / "server.key")

    def serve(self, web_config: str, *arguments: str) -> Exporter:
        self.file.write_text(web_config)
        flags = [f"--web.config.file={self.file}", "--log.level=debug", *arguments]
        exporter = self.exporter(None, *flags, targets=[NOWHERE])
        self.addCleanup(self.assert_no_secret_in, exporter)
        return exporter

    def assert_no_secret_in(self, exporter: Exporter) -> None:
        secrets = {"password": PASSWORD, "wrong password": WRONG, "hash": self.hash}
        self.assertEqual(leaks({"log": exporter.process.text()}, secrets), [])

    def curl(self, exporter: Exporter, path: str, *arguments: str) -> Curled:
        return curl(f"https://{exporter.address}{path}", "--cacert", str(self.authority.file), *arguments)


class Protected(WebServer):
    def test_who_has_the_password_gets_in_over_tls(self) -> None:
        exporter = self.serve(TLS + self.users + "http_server_config: {headers: {X-Frame-Options: deny}}\n")
        told = self.curl(exporter, "/metrics", "--user", f"alice:{PASSWORD}")
        self.assertEqual((told.exit_code, told.status), (0, 200))
        self.assertIn("sas_operation_build_info", told.body)
        self.assertIn("\nX-Frame-Options: deny", told.head)
        for who in ([], ["--user", f"alice:{WRONG}"], ["--user", f"mallory:{PASSWORD}"], ["--user", "alice:"]):
            refused = self.curl(exporter, "/metrics", *who)
            self.assertEqual(refused.status, 401, who)
            self.assertIn("\nWWW-Authenticate: Basic ", refused.head)
        untrusted = curl(f"https://{exporter.address}/metrics", "--user", f"alice:{PASSWORD}")
        self.assertEqual(untrusted.exit_code, 60, "curl trusts only who signed")
        for version, code in (("1.1", 35), ("1.2", 0), ("1.3", 0)):
            asked = self.curl(exporter, "/-/ready", f"--tlsv{version}", "--tls-max", version, "--ciphers", "DEFAULT@SECLEVEL=0")
            self.assertEqual(asked.exit_code, code, version)
        plain = curl(f"http://{exporter.address}/metrics")
        self.assertEqual(plain.status, 400)
        self.assertIn("HTTPS", plain.body)

    def test_a_password_is_hashed_once(self) -> None:
        exporter = self.serve(self.users)
        url = f"http://{exporter.address}/metrics"

        def checks() -> int:
            return max(int(found) for found in re.findall(r"passwords checked.* count=(\d+)", exporter.process.text()))

        for password, status, count in ((PASSWORD, 200, 1), (PASSWORD, 200, 1), (WRONG, 401, 2), (WRONG, 401, 2), (PASSWORD, 200, 2)):
            self.assertEqual(curl(url, "--user", f"alice:{password}").status, status)
            self.assertEqual(checks(), count)

    def test_health_is_open_only_where_it_is_meant_to_be(self) -> None:
        closed = self.serve(self.users)
        self.assertEqual(closed.get("/-/healthy").status, 401)
        opened = self.serve(self.users, "--web.health-without-auth")
        self.assertEqual(opened.get("/-/healthy").status, 200)
        self.assertIn(opened.get("/-/ready").status, (200, 503))
        self.assertEqual(opened.get("/metrics").status, 401)

    def test_prometheus_scrapes_with_certificate_and_password(self) -> None:
        exporter = self.serve(TLS + CLIENTS + "  client_allowed_sans: [prometheus.example]\n" + self.users)
        client = self.authority.issue("client", "DNS:prometheus.example")
        tls = {"ca_file": str(self.authority.file), "cert_file": str(client.certificate), "key_file": str(client.key)}
        user = {"username": "alice", "password": PASSWORD}
        good = ScrapingPrometheus(self, exporter.address, {"scheme": "https", "tls_config": tls, "basic_auth": user})
        self.assertEqual(good.await_scrape()["health"], "up", good.await_scrape()["lastError"])
        bad = ScrapingPrometheus(
            self, exporter.address, {"scheme": "https", "tls_config": tls, "basic_auth": user | {"password": WRONG}}
        )
        self.assertIn("401", bad.await_scrape()["lastError"])


class ClientCertificates(WebServer):
    def test_only_clients_of_the_authority_with_an_allowed_name_get_in(self) -> None:
        exporter = self.serve(TLS + CLIENTS + "  client_allowed_sans: [prometheus.example, spiffe://cluster/prometheus]\n")
        stranger = Authority(self.directory, "theirs")
        clients = {
            "right": (self.authority.issue("right", "DNS:other,DNS:prometheus.example"), "200"),
            "by URI": (self.authority.issue("uri", "URI:spiffe://cluster/prometheus"), "200"),
            "wrong name": (self.authority.issue("wrong", "DNS:prometheus.example.org"), "none of the certificate's alternative names"),
            "expired": (self.authority.issue("old", "DNS:prometheus.example", LONG_AGO), "certificate has expired"),
            "stranger": (stranger.issue("stranger", "DNS:prometheus.example"), "unable to get local issuer certificate"),
        }
        for name, (pair, wanted) in clients.items():
            told = self.curl(exporter, "/-/healthy", "--cert", str(pair.certificate), "--key", str(pair.key))
            if wanted == "200":
                self.assertEqual(told.status, 200, name)
            else:
                self.assertNotEqual(told.exit_code, 0, name)
                exporter.process.await_line(wanted)
        self.assertNotEqual(self.curl(exporter, "/-/healthy").exit_code, 0, "no certificate at all")
        exporter.process.await_line("did not return a certificate")


class Rotation(WebServer):
    def ask(self, exporter: Exporter) -> str:
        """Over a connection of its own; the serial number of the certificate that it was shown."""
        trust = ssl.create_default_context(cafile=str(self.authority.file))
        host, port = exporter.address.split(":")
        with socket.create_connection((host, int(port)), timeout=30) as raw:
            with trust.wrap_socket(raw, server_hostname="localhost") as tls:
                tls.sendall(b"GET /-/healthy HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                answer = b""
                while more := tls.recv(4096):
                    answer += more
                self.assertTrue(answer.startswith(b"HTTP/1.1 200 "), answer)
                return tls.getpeercert()["serialNumber"]

    def await_another(self, exporter: Exporter, shown: str) -> str:
        return until(lambda: (serial := self.ask(exporter)) != shown and serial, "the new certificate is shown")

    def test_certificates_are_replaced_under_load_without_a_failure(self) -> None:
        exporter = self.serve(TLS)
        last = self.ask(exporter)
        done = False

        def load() -> int:
            count = 0
            while not done:
                self.ask(exporter)
                count += 1
            return count

        with concurrent.futures.ThreadPoolExecutor(4) as clients:
            loads = [clients.submit(load) for _ in range(4)]
            try:
                for number in range(10):
                    self.install(f"server{number}")
                    last = self.await_another(exporter, last)
            finally:
                done = True
            self.assertGreater(sum(running.result() for running in loads), 10)
        (self.home / "server.crt").write_text("nothing of use")
        for _ in range(3):
            self.assertEqual(self.ask(exporter), last, "the one before stays")
        warned = exporter.process.lines(r"level=warn.*server\.crt.*the certificate is not usable as PEM")
        self.assertEqual(len(warned), 1, warned)


class Addresses(WebServer):
    def listening(self, *arguments: str) -> str:
        config = self.home / "config.yml"
        config.write_text("targets: [{name: a, endpoint: 'http://127.0.0.1:1', credentials: "
                          "{type: access_key, access_key_id: a, access_key_secret: b}}]\n")  # fmt: skip
        process = self.start("exporter", [str(EXPORTER), f"--config.file={config}", *arguments])
        process.await_line("recall|watching")
        return process.text()

    def test_both_families_and_several_addresses(self) -> None:
        said = self.listening("--web.listen-address=[::1]:0", "--web.listen-address=127.0.0.1:0", "--web.listen-address=localhost:0")
        addresses = re.findall(r"msg=listening address=(\S+)", said)
        self.assertEqual(len(addresses), 3, said)
        self.assertTrue(addresses[0].startswith("[::1]:"))
        for address in addresses:
            self.assertEqual(curl(f"http://{address}/-/healthy").status, 200, address)
        port = re.search(r"msg=listening address=\[::\]:(\d+)", self.listening("--web.listen-address=:0"))[1]
        for host in ("127.0.0.1", "[::1]"):
            self.assertEqual(curl(f"http://{host}:{port}/-/healthy").status, 200, host)

    def test_sockets_of_systemd_are_served_and_addresses_are_not(self) -> None:
        listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(listener.close)
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        os.set_inheritable(listener.fileno(), True)
        config = self.home / "config.yml"
        config.write_text("targets: [{name: a, endpoint: 'http://127.0.0.1:1', credentials: "
                          "{type: access_key, access_key_id: a, access_key_secret: b}}]\n")  # fmt: skip
        # As systemd does: descriptor 3, and the process id of who may have it.
        script = 'exec 3<&"$0" && LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"'
        command = [str(EXPORTER), f"--config.file={config}", "--web.systemd-socket", "--web.listen-address=127.0.0.1:1"]
        log = self.home / "log"
        with log.open("wb") as out:
            daemon = subprocess.Popen(
                ["bash", "-c", script, str(listener.fileno()), *command], stderr=out, pass_fds=[listener.fileno()]
            )
        self.addCleanup(daemon.wait, 30)
        self.addCleanup(daemon.terminate)
        listener.close()
        self.assertEqual(curl(f"http://{address}/-/healthy").status, 200, log.read_text())
        self.assertEqual(re.findall(r"msg=listening address=(\S+)", log.read_text()), [address])

    def test_without_sockets_it_says_what_to_do(self) -> None:
        config = self.home / "config.yml"
        config.write_text("targets: [{name: a, site: cn}]\n")
        command = [str(EXPORTER), f"--config.file={config}", "--web.systemd-socket"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1)
        self.assertIn(".socket unit", done.stderr)


class Prefixes(WebServer):
    def links(self, exporter: Exporter, strips: bool) -> None:
        """Every link of the page that a person sees through the proxy leads somewhere."""
        base = f"http://{Proxy(self, exporter.address, strips).address}"
        page = urllib.request.urlopen(f"{base}/sas/", timeout=30).read().decode()
        links = re.findall(r'href="([^"]+)"', page)
        self.assertIn("/sas/metrics", links)
        for link in links:
            self.assertIn(curl(base + link).status, (200, 503), link)

    def test_a_proxy_that_keeps_the_path(self) -> None:
        exporter = self.serve("{}", "--web.external-url=https://monitoring.example.com/sas/")
        self.links(exporter, strips=False)
        redirect = exporter.get("/")
        self.assertEqual((redirect.status, redirect.headers["Location"]), (302, "/sas/"))
        self.assertEqual(exporter.get("/metrics").status, 404)

    def test_a_proxy_that_takes_the_path_away(self) -> None:
        exporter = self.serve("{}", "--web.external-url=https://monitoring.example.com/sas", "--web.route-prefix=/")
        self.links(exporter, strips=True)
        self.assertEqual(exporter.get("/metrics").status, 200)


if __name__ == "__main__":
    main()
