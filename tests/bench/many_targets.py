#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How much memory and processor time the daemon takes for 200 targets on 20 access keys against the simulated service, over
TLS, each of them polled every 30 s; beside it one target.

  tests/bench/many_targets.py build/release/bin
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "end_to_end"))
from support.wait import until  # noqa: E402

KEYS = 20
POLLS = 4  # of each target
PATIENCE = 900.0
SCENARIO = """
tasks:
  - {type: CHECK_ALL, first: -1h, every: 10m, runs: 20m..30m, items: 10..500, subtasks: 1..5}
  - {type: CHECK_POLICY, first: -12h, every: 30m, runs: 4m..12m, items: 40..400, subtasks: 2..10}
"""


def start(command: list[str], log: pathlib.Path, pattern: str) -> tuple[subprocess.Popen, str]:
    process = subprocess.Popen(command, stdout=log.open("wb"), stderr=subprocess.STDOUT)
    while not (found := re.search(pattern, log.read_text())):
        if process.poll() is not None:
            sys.exit(f"{command[0]} ended: {log.read_text()}")
    return process, found[1]


def scrape(address: str) -> str:
    with urllib.request.urlopen(f"http://{address}/metrics") as answer:
        return answer.read().decode()


def total(text: str, series: str) -> float:
    return sum(float(value) for value in re.findall(rf"^{series}(?:\{{.*\}})? (\S+)$", text, re.MULTILINE))


def measure(binaries: pathlib.Path, folder: pathlib.Path, targets: int) -> None:
    keys = [f"LTAI-bench-{i:02}" for i in range(KEYS)]
    subprocess.run([binaries / "sas-simulator", "--make-ca", folder], check=True, capture_output=True)
    scenario = folder / "scenario.yml"
    scenario.write_text(SCENARIO)
    requests = folder / "requests"
    command = [str(binaries / "sas-simulator"), f"--scenario={scenario}", f"--tls-cert={folder}/server.pem",
               f"--tls-key={folder}/server.key", f"--requests={requests}", *(f"--access-key={key}:secret" for key in keys)]  # fmt: skip
    simulator, endpoint = start(command, folder / "simulator.log", r"listening on (https://\S+)")
    config = folder / "config.yml"
    watched = [
        {"name": f"t{i}", "endpoint": endpoint, "ca_file": str(folder / "ca.pem"),
         "credentials": {"type": "access_key", "access_key_id": keys[i * KEYS // targets], "access_key_secret": "secret"}}
        for i in range(targets)
    ]  # fmt: skip
    config.write_text(json.dumps({"targets": watched, "web": {"listen_address": ["127.0.0.1:0"]}}))
    command = [str(binaries / "sas-operation-exporter"), f"--config.file={config}"]
    daemon, address = start(command, folder / "daemon.log", r"listening address=(\S+)")
    began = time.monotonic()
    wanted = targets * POLLS * 2  # calls
    until(lambda: requests.read_bytes().count(b"\n") >= wanted, f"{wanted} calls came", PATIENCE)
    seconds = time.monotonic() - began
    text = scrape(address)
    megabytes = total(text, "process_resident_memory_bytes") / 2**20
    print(f"{targets} targets: {megabytes:.1f} MiB resident, {total(text, 'process_cpu_seconds_total'):.2f} s of CPU in "
          f"{seconds:.0f} s, {total(text, 'sas_operation_polls_total'):.0f} polls, "
          f"{total(text, 'sas_operation_up'):.0f} up, {text.count(chr(10)) - text.count('# ')} series")  # fmt: skip
    for process in (daemon, simulator):
        process.terminate()
        process.wait()


def main() -> None:
    for targets in (1, 200):
        with tempfile.TemporaryDirectory() as folder:
            measure(pathlib.Path(sys.argv[1]), pathlib.Path(folder), targets)


if __name__ == "__main__":
    main()
