# SPDX-License-Identifier: Apache-2.0
"""What the tests of the daemon's own server need: certificates with openssl, hashes of bcrypt, curl, a proxy, Prometheus."""

import contextlib
import http.client
import http.server
import json
import pathlib
import subprocess
import threading
import warnings
from typing import TYPE_CHECKING, NamedTuple

from support.peers import get
from support.wait import until

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import crypt

if TYPE_CHECKING:
    from support.testcase import EndToEnd

DATES = ("20200101000000Z", "20490101000000Z")
LONG_AGO = ("20200101000000Z", "20210101000000Z")


def bcrypt(password: str) -> str:
    """Of the lowest cost, so that tests take no time. Prometheus' own tools write $2y$."""
    hashed = crypt.crypt(password, crypt.mksalt(crypt.METHOD_BLOWFISH, rounds=16))
    return "$2y$" + hashed.removeprefix("$2b$")


class Authority:
    """Signs certificates, for servers and for clients alike."""

    def __init__(self, folder: pathlib.Path, name: str) -> None:
        self.folder = folder / name
        self.folder.mkdir()
        self.file = self.folder / "ca.crt"
        self.openssl("req", "-x509", "-nodes", *self.new_key("ca.key"), "-out", "ca.crt", "-days", "2", "-subj", f"/CN={name}")
        (self.folder / "database").touch()

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    @staticmethod
    def new_key(file: str) -> list[str]:
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", file]

    def issue(self, name: str, alternative_names: str, dates: tuple[str, str] = DATES) -> "Pair":
        (self.folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=it\n[it]\ndatabase=database\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\n"
            f"unique_subject=no\npolicy=any\nx509_extensions=more\n[any]\ncommonName=supplied\n"
            f"[more]\nsubjectAltName={alternative_names}\n"
        )
        self.openssl("req", "-new", "-nodes", *self.new_key(f"{name}.key"), "-out", f"{name}.csr", "-subj", f"/CN={name}")
        self.openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", "ca.crt", "-keyfile", "ca.key",
                     "-in", f"{name}.csr", "-out", f"{name}.crt", "-startdate", dates[0], "-enddate", dates[1])  # fmt: skip
        return Pair(self.folder / f"{name}.crt", self.folder / f"{name}.key")


class Pair(NamedTuple):
    certificate: pathlib.Path
    key: pathlib.Path

    def install(self, certificate: pathlib.Path, key: pathlib.Path) -> None:
        """As certificate managers do: each file is replaced whole, one after the other."""
        for source, there in ((self.certificate, certificate), (self.key, key)):
            beside = there.with_suffix(".new")
            beside.write_bytes(source.read_bytes())
            beside.chmod(0o600)
            beside.rename(there)


class Curled(NamedTuple):
    exit_code: int
    status: int  # 0: there was no answer
    head: str
    body: str


def curl(url: str, *arguments: str) -> Curled:
    command = ["curl", "--silent", "--show-error", "--include", "--max-time", "30", "--noproxy", "*", *arguments, url]
    done = subprocess.run(command, capture_output=True, text=True)
    head, _, body = done.stdout.replace("\r\n", "\n").partition("\n\n")
    return Curled(done.returncode, int(head.split()[1]) if head else 0, head, body)


class Proxy:
    """Serves what is below /sas, from the daemon; with or without that before the path."""

    def __init__(self, test: "EndToEnd", address: str, strips: bool) -> None:
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                below = self.path.removeprefix("/sas")
                if below == self.path:
                    self.send_error(404)
                    return
                answer = get(address, below if strips else self.path)
                self.send_response(answer.status)
                if "Location" in answer.headers:
                    self.send_header("Location", answer.headers["Location"])
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(answer.body)

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)
        self.address = f"127.0.0.1:{server.server_port}"


class ScrapingPrometheus:
    """Scrapes one address, with `scrape` as its configuration says how."""

    def __init__(self, test: "EndToEnd", address: str, scrape: dict) -> None:
        folder = test.folder("prometheus")
        job = {"job_name": "sas", "scrape_interval": "1s", "static_configs": [{"targets": [address]}], **scrape}
        file = folder / "prometheus.yml"
        file.write_text(json.dumps({"scrape_configs": [job]}))
        subprocess.run(["promtool", "check", "config", str(file)], check=True, capture_output=True)
        self.process = test.start(
            "prometheus",
            ["prometheus", f"--config.file={file}", f"--storage.tsdb.path={folder / 'tsdb'}", "--web.listen-address=127.0.0.1:0"],
        )
        self.address = self.process.await_line(r'msg="Listening on" address=(\S+)')[1]

    def await_scrape(self) -> dict:
        """What it says of its target, once it has asked it."""

        def look() -> dict | None:
            try:
                answer = get(self.address, "/api/v1/targets")
            except (OSError, http.client.HTTPException):
                return None
            if answer.status != 200:
                return None
            targets = json.loads(answer.body)["data"]["activeTargets"]
            return targets[0] if targets and targets[0]["health"] != "unknown" else None

        return until(look, "Prometheus has scraped")
