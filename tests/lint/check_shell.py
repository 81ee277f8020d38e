#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every shell script passes shellcheck."""

import pathlib
import subprocess

import cpp


def check(root: pathlib.Path) -> list[str]:
    scripts = cpp.sources(root, "tests", "deploy", "config", "systemd", endings=(".sh",))
    scripts += [path for path in [root / ".ci" / "run"] if path.exists()]
    if not scripts:
        return ["found no shell script"]
    run = subprocess.run(["shellcheck", "--external-sources", *map(str, scripts)], cwd=root, capture_output=True, text=True)
    return [] if run.returncode == 0 else [run.stdout + run.stderr]


if __name__ == "__main__":
    cpp.main(check)
