#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy over the daemon, by the compile commands of the `tidy` preset, which are made first."""

import json
import pathlib
import shlex
import subprocess

import cpp
import verdicts


def check(root: pathlib.Path, build: pathlib.Path) -> list[str]:
    commands = build / "lint" / "compile_commands"
    configure = ["cmake", "--preset", "tidy", "-DSAS_TESTS=OFF", "-B", str(commands)]
    run = subprocess.run(configure, cwd=root, capture_output=True, text=True)
    if run.returncode != 0:
        return [f"{' '.join(configure)}:\n{run.stdout}{run.stderr}"]
    return check_with(root, commands)


def check_with(root: pathlib.Path, build: pathlib.Path) -> list[str]:
    """With the compile_commands.json in `build`."""
    entries = json.loads((build / "compile_commands.json").read_text())
    compiled = {pathlib.Path(entry["file"]): entry["command"] for entry in entries}
    files = cpp.sources(root, "daemon", endings=(".cpp",))
    problems = [f"{file.relative_to(root)} is not built: in no sas_folder(…)" for file in files if file not in compiled]
    memory = verdicts.Verdicts(
        root,
        build / "tidy",
        verdicts.version("clang-tidy"),
        (root / ".clang-tidy").read_text(),
    )
    commands = {
        file: ["clang-tidy", "--quiet", str(file), "--", *shlex.split(compiled[file])[1:]] for file in files if file in compiled
    }
    return problems + memory.run(commands, build)


if __name__ == "__main__":
    cpp.main_with_build(check)
