# SPDX-License-Identifier: Apache-2.0
"""The official client libraries, each run in a node process of its own with nothing but the environment that it is given."""

import json
import pathlib
import shutil
import subprocess

from support.peers import ACCESS_KEY_ID, ACCESS_KEY_SECRET, ROOT, Simulator

FOLDER = ROOT / "tests" / "end_to_end" / "official"
PATIENCE = 60  # seconds


class Official:
    """One script of tests/end_to_end/official that runs."""

    def __init__(self, script: str, environment: dict[str, str], given: object = None) -> None:
        node = shutil.which("node")
        if node is None or not (FOLDER / "node_modules").exists():
            raise AssertionError(f"the official client libraries are not installed: run {FOLDER / 'install.sh'}")
        self.running = subprocess.Popen(
            [node, str(FOLDER / script)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.given = "" if given is None else json.dumps(given)

    def result(self):
        out, errors = self.running.communicate(self.given, timeout=PATIENCE)
        if self.running.returncode != 0:
            raise AssertionError(f"the official library ended with {self.running.returncode}: {errors}")
        return json.loads(out)


def ask(simulator: Simulator, *calls: dict, home: pathlib.Path, **config: object) -> list[dict]:
    """How each call ended that the official client made: {status, body} or {error: {name, code, status, …}}."""
    config = {
        "accessKeyId": ACCESS_KEY_ID,
        "accessKeySecret": ACCESS_KEY_SECRET,
        "endpoint": simulator.endpoint.removeprefix("https://"),
        "protocol": "https",
        "ca": simulator.ca_file.read_text(),
    } | config
    return Official("call.js", {"HOME": str(home)}, {"config": config, "calls": list(calls)}).result()
