#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""All C++ stands as clang-format would put it."""

import pathlib
import subprocess

import cpp


def check(root: pathlib.Path) -> list[str]:
    files = cpp.sources(root, "daemon", "tests")
    if not files:
        return ["found no C++ file"]
    command = ["clang-format", "--dry-run", "-Werror", "--style=file", *map(str, files)]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True)
    if run.returncode == 0:
        return []
    return [run.stderr.strip(), "Put it right with: clang-format -i FILE"]


if __name__ == "__main__":
    cpp.main(check)
