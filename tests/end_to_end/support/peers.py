# SPDX-License-Identifier: Apache-2.0
"""The daemon and the peers that it runs between: the simulated service on its left, Prometheus on its right. Each listens
on a port that the kernel chose."""

import gzip
import http.client
import json
import os
import pathlib
import ssl
import subprocess
import urllib.parse
from typing import TYPE_CHECKING, Iterable

from support.process import Process
from support.samples import Samples
from support.wait import until

if TYPE_CHECKING:
    from support.testcase import EndToEnd

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCENARIOS = ROOT / "tests" / "simulator" / "scenarios"
BINARIES = pathlib.Path(os.environ.get("SAS_BIN", ROOT / "build" / "dev" / "bin"))
EXPORTER = BINARIES / "sas-operation-exporter"
SIMULATOR = BINARIES / "sas-simulator"

ACCESS_KEY_ID = "LTAI-end-to-end"
ACCESS_KEY_SECRET = "s3cr3t-that-nobody-may-see"


class Answer:
    """What came back, with its body read."""

    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def text(self) -> str:
        compressed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.body) if compressed else self.body).decode()


def get(address: str, path: str, headers: dict[str, str] | None = None, method: str = "GET") -> Answer:
    connection = http.client.HTTPConnection(address, timeout=30)
    try:
        connection.request(method, path, headers=headers or {})
        return Answer(connection.getresponse())
    finally:
        connection.close()


class Simulator:
    def __init__(
        self, test: "EndToEnd", scenario: str, time_scale: float, seed: int, arguments: Iterable[str]
    ) -> None:
        folder = test.folder("simulator")
        self.journal = folder / "journal"
        self.requests = folder / "requests"
        self.ca_file = folder / "ca" / "ca.pem"
        command = [str(SIMULATOR), "--make-ca", str(self.ca_file.parent)]
        subprocess.run(command, check=True, capture_output=True)
        self.process = test.start(
            "simulator",
            [
                str(SIMULATOR),
                "--listen=127.0.0.1:0",
                f"--scenario={SCENARIOS / scenario}.yml",
                f"--seed={seed}",
                f"--time-scale={time_scale}",
                f"--journal={self.journal}",
                f"--requests={self.requests}",
                f"--tls-cert={self.ca_file.parent / 'server.pem'}",
                f"--tls-key={self.ca_file.parent / 'server.key'}",
                *arguments,
            ],
        )
        self.endpoint = self.process.await_line(r"listening on (https://\S+)")[1]

    def answered(self) -> list[dict]:
        """Every request with its code, in order."""
        return [json.loads(line) for line in self.requests.read_text().split("\n")[:-1]]

    def status(self) -> dict:
        """Its own counts: requests by action and code, faults by kind, the most calls within a second by key and action."""
        trust = ssl.create_default_context(cafile=str(self.ca_file))
        connection = http.client.HTTPSConnection(self.endpoint.removeprefix("https://"), timeout=30, context=trust)
        try:
            connection.request("GET", "/simulator/status")
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()


class Exporter:
    """The daemon, by default with short intervals against the simulator given."""

    def __init__(self, test: "EndToEnd", simulator: Simulator | None, changes: dict, arguments: list[str]) -> None:
        config: dict = {
            "targets": [target(simulator)] if simulator else [],
            "poll": {"interval": "500ms", "idle_interval": "500ms", "request_timeout": "2s", "max_requests_per_second": 20},
            "web": {"listen_address": ["127.0.0.1:0"]},
        }
        for section, values in changes.items():
            config[section] = config[section] | values if isinstance(values, dict) and section in config else values
        self.config = test.folder("exporter") / "config.yml"
        self.config.write_text(json.dumps(config, indent=1))  # JSON is YAML
        self.process = test.start("exporter", [str(EXPORTER), f"--config.file={self.config}", *arguments])
        self.address = self.process.await_line(r"\blistening\b.*\baddress\"?[=:]\"?([0-9.]+:\d+)")[1]

    def get(self, path: str, **headers: str) -> Answer:
        return get(self.address, path, {name.replace("_", "-"): value for name, value in headers.items()})

    def scrape(self) -> Samples:
        answer = self.get("/metrics")
        if answer.status != 200:
            raise AssertionError(f"/metrics answers {answer.status}: {answer.text()}")
        return Samples(answer.text())

    def await_value(self, wanted: float, name: str, **labels: str) -> Samples:
        """The first scrape in which the metric has that value."""

        def look() -> Samples | None:
            samples = self.scrape()
            return samples if samples.value(name, **labels) == wanted else None

        return until(look, f"{name}{labels} is {wanted}")

    def await_at_least(self, wanted: float, name: str, **labels: str) -> Samples:
        """The first scrape in which the metric's samples with these labels sum up to so much."""

        def look() -> Samples | None:
            samples = self.scrape()
            return samples if samples.total(name, **labels) >= wanted else None

        return until(look, f"{name}{labels} comes to {wanted}")


class Alertmanager:
    def __init__(self, test: "EndToEnd", config: str) -> None:
        folder = test.folder("alertmanager")
        file = folder / "alertmanager.yml"
        file.write_text(config)
        self.process = test.start(
            "alertmanager",
            [
                "prometheus-alertmanager",
                f"--config.file={file}",
                f"--storage.path={folder / 'data'}",
                "--web.listen-address=127.0.0.1:0",
                "--cluster.listen-address=",
            ],
        )
        self.address = self.process.await_line(r'msg="Listening on" address=(\S+)')[1]
        self.url = f"http://{self.address}"
        until(lambda: get(self.address, "/-/ready").status == 200, "Alertmanager is ready")

    def alerts(self) -> list[dict]:
        """What fires, whether it is told or muted."""
        return json.loads(get(self.address, "/api/v2/alerts").body)


class Prometheus:
    """With the shipped configuration, but for addresses. `rules` are the text of alerts.yml."""

    def __init__(
        self, test: "EndToEnd", exporters: Iterable[Exporter], rules: str | None, alertmanager: Alertmanager | None
    ) -> None:
        config = (ROOT / "deploy" / "prometheus" / "prometheus.yml").read_text()
        exporter_there, alertmanager_there = '"127.0.0.1:10973"', '"127.0.0.1:9093"'
        assert exporter_there in config and alertmanager_there in config
        config = config.replace(exporter_there, ", ".join(f'"{exporter.address}"' for exporter in exporters))
        if alertmanager:
            config = config.replace(alertmanager_there, f'"{alertmanager.address}"')
        folder = test.folder("prometheus")
        file = folder / "prometheus.yml"
        file.write_text(config)
        if rules is not None:
            (folder / "alerts.yml").write_text(rules)
        self.process = test.start(
            "prometheus",
            [
                "prometheus",
                f"--config.file={file}",
                f"--storage.tsdb.path={folder / 'tsdb'}",
                "--web.listen-address=127.0.0.1:0",
            ],
        )
        self.address = self.process.await_line(r'msg="Listening on" address=(\S+)')[1]
        until(lambda: get(self.address, "/-/ready").status == 200, "Prometheus is ready")

    def query(self, expression: str) -> list[dict]:
        answer = get(self.address, "/api/v1/query?" + urllib.parse.urlencode({"query": expression}))
        return json.loads(answer.body)["data"]["result"]

    def rule_groups(self, metric: str) -> dict[str, float]:
        """What it says of itself, `iterations` or `evaluation_failures`, by the name of the group of rules."""
        name = f"prometheus_rule_{metric}_total"
        samples = [sample for sample in Samples(get(self.address, "/metrics").text()).all if sample.name == name]
        return {sample.labels["rule_group"].rpartition(";")[2]: sample.value for sample in samples}

    def await_value(self, expression: str, wanted: float) -> dict[str, str]:
        """Waits until the expression has exactly one value, and that value; returns its labels."""

        def look() -> dict[str, str] | None:
            found = self.query(expression)
            return found[0]["metric"] if len(found) == 1 and float(found[0]["value"][1]) == wanted else None

        return until(look, f"Prometheus returns {wanted} for {expression}")


def target(simulator: Simulator, **changes: object) -> dict:
    return {
        "name": "production",
        "endpoint": simulator.endpoint,
        "ca_file": str(simulator.ca_file),
        "credentials": {
            "type": "access_key",
            "access_key_id": ACCESS_KEY_ID,
            "access_key_secret": ACCESS_KEY_SECRET,
        },
    } | changes
