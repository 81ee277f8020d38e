#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How long the daemon takes from its start to the first 200 on /metrics, and how much memory it holds when idle; beside it
the start of a program that does nothing.

  tests/bench/startup.py build/release/bin
"""

import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time

STARTS = 15
CONFIGURATION = """
targets: [{name: idle, endpoint: "https://127.0.0.1:9", credentials: {type: access_key, access_key_id: KEY, access_key_secret: SECRET}}]
web: {listen_address: ["127.0.0.1:%d"]}
"""  # nobody listens on the discard port: the target fails, after the trust store was loaded


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
            return b" 200 " in connection.recv(64)
    except OSError:
        return False


def start(binary: pathlib.Path, configuration: pathlib.Path, port: int) -> tuple[subprocess.Popen, float]:
    configuration.write_text(CONFIGURATION % port)
    began = time.monotonic()
    daemon = subprocess.Popen([binary, f"--config.file={configuration}"], stderr=subprocess.DEVNULL)
    while not answers(port):
        if daemon.poll() is not None:
            sys.exit("the daemon ended instead of answering")
    return daemon, 1000 * (time.monotonic() - began)


def metric(port: int, name: str) -> float:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
        text = connection.makefile("rb").read().decode()
    return float(re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE).group(1))


def main() -> None:
    binary = pathlib.Path(sys.argv[1]) / "sas-operation-exporter"
    with tempfile.TemporaryDirectory() as folder:
        configuration = pathlib.Path(folder) / "config.yml"
        times = []
        for _ in range(STARTS):
            port = free_port()
            daemon, took = start(binary, configuration, port)
            times.append(took)
            daemon.terminate()
            daemon.wait()
        port = free_port()
        daemon, _ = start(binary, configuration, port)
        while metric(port, 'sas_operation_polls_total{result="failed",target="idle"}') < 1:
            pass
        resident = metric(port, "process_resident_memory_bytes")
        daemon.terminate()
        daemon.wait()
    baseline = []
    for _ in range(STARTS):
        began = time.monotonic()
        subprocess.run(["/bin/true"], check=True)
        baseline.append(1000 * (time.monotonic() - began))
    print(f"start to the first 200: {statistics.median(times):.1f} ms (/bin/true: {statistics.median(baseline):.1f} ms)")
    print(f"idle resident memory: {resident / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
