#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every source file states its licence in its first line (scripts: below the #! line), every header guards itself, and
nothing is left for later in a comment."""

import pathlib
import re

import cpp

LICENCE = "SPDX-License-Identifier: Apache-2.0"
LATER = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")


def check(root: pathlib.Path) -> list[str]:
    problems = []
    for path in cpp.sources(root, "daemon", "tests", "deploy", endings=(".cpp", ".hpp", ".py", ".sh", ".ts", ".tsx", ".mjs")):
        name = path.relative_to(root)
        lines = path.read_text().splitlines() or [""]
        first = lines[1] if lines[0].startswith("#!") and len(lines) > 1 else lines[0]
        if first not in (f"// {LICENCE}", f"# {LICENCE}"):
            problems.append(f"{name}:1: does not start with the line `{LICENCE}`")
        if path.suffix == ".hpp" and "#pragma once" not in lines[1:2]:
            problems.append(f"{name}:2: a header has `#pragma once` below its licence line")
        for number, line in enumerate(lines, 1):
            if found := LATER.search(line):
                problems.append(f"{name}:{number}: {found[0]}: do it, or file it as an issue")
    return problems


if __name__ == "__main__":
    cpp.main(check)
