#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""clang-tidy over the daemon, by the compile commands of the `tidy` preset, which are made first.

Nearly all of its time goes into walking Boost and the standard library, once for each file it is given. So it is given
several at once, as one file that includes them; only where that finds something, or where they do not go together, is each
looked at alone."""

import json
import pathlib
import shlex
import subprocess
from typing import Iterator

import cpp
import verdicts

AT_ONCE = 12


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
    compiled = {pathlib.Path(entry["file"]): flags(entry) for entry in entries}
    files = cpp.sources(root, "daemon", endings=(".cpp",))
    problems = [f"{file.relative_to(root)} is not built: in no sas_folder(…)" for file in files if file not in compiled]
    rules = (verdicts.version("clang-tidy"), (root / ".clang-tidy").read_text())
    memory = verdicts.Verdicts(root, build / "tidy", *rules)
    parts = {}
    for part in batches([file for file in files if file in compiled], compiled):
        parts[together(part, root, build / "batches")] = part
    tidy = ["clang-tidy", "--quiet", f"--config-file={root / '.clang-tidy'}"]
    found = memory.failing({batch: [*tidy, str(batch), "--", *compiled[part[0]]] for batch, part in parts.items()}, build)
    alone = [file for batch in found for file in parts[batch]]
    return problems + memory.run({file: [*tidy, str(file), "--", *compiled[file]] for file in alone}, build)


def flags(entry: dict) -> tuple[str, ...]:
    """Of a compile command: all but what it compiles, and to what."""
    words = iter(shlex.split(entry["command"])[1:])
    return tuple(word for word in words if not (word in ("-o", "-c") and next(words)))


def batches(files: list[pathlib.Path], compiled: dict[pathlib.Path, tuple[str, ...]]) -> Iterator[list[pathlib.Path]]:
    """Files of one folder, compiled alike, no two of which have names of their own in common."""
    groups: dict[tuple, list[pathlib.Path]] = {}
    for file in files:
        groups.setdefault((file.parent, compiled[file]), []).append(file)
    for group in groups.values():
        names = {file: own_names(file) for file in group}
        while group:
            batch: list[pathlib.Path] = []
            taken: set[str] = set()
            for file in group:
                if len(batch) < AT_ONCE and not taken & names[file]:
                    batch.append(file)
                    taken |= names[file]
            group = [file for file in group if file not in batch]
            yield batch


def own_names(file: pathlib.Path) -> set[str]:
    """What the file declares in namespaces without a name."""
    code = cpp.tokens(file.read_text())
    pairs = cpp.partners(code)
    names: set[str] = set()
    for i, token in enumerate(code):
        if token.text != "namespace" or code[i + 1].text != "{":
            continue
        at, end = i + 2, pairs[i + 1]
        while at < end:
            if code[at].kind == "word" and code[at + 1].text in ("(", "{", "=", ";", "[", ":") and code[at - 1].text != "::":
                names.add(code[at].text)
            at = pairs[at] + 1 if code[at].text in cpp.CLOSING else at + 1
    return names


def together(files: list[pathlib.Path], root: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """One file that includes them; a single one stands for itself."""
    if len(files) == 1:
        return files[0]
    folder.mkdir(exist_ok=True)
    text = "".join(f'#include "{file.relative_to(root / "daemon")}"\n' for file in files)
    batch = folder / f"{files[0].parent.name}_{files[0].stem}.cpp"
    if not batch.exists() or batch.read_text() != text:
        batch.write_text(text)
    return batch


if __name__ == "__main__":
    cpp.main_with_build(check)
