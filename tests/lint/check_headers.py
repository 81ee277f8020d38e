#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every header compiles alone, without a precompiled header that would lend it what it forgot to include."""

import pathlib

import cpp
import verdicts

# As in the root's CMakeLists.txt: what decides which parts of a header are compiled.
FLAGS = [
    "-std=c++20", "-fsyntax-only", "-DBOOST_ASIO_SEPARATE_COMPILATION", "-DBOOST_BEAST_SEPARATE_COMPILATION",
    "-DBOOST_ASIO_NO_DEPRECATED", "-DSPDLOG_FMT_EXTERNAL", "-DSPDLOG_COMPILED_LIB",
]  # fmt: skip


def check(root: pathlib.Path, build: pathlib.Path) -> list[str]:
    headers = cpp.sources(root, "daemon", "tests", endings=(".hpp",))
    if not headers:
        return ["found no header"]
    flags = ["g++", *FLAGS, f"-I{root / 'daemon'}", f"-I{root / 'tests'}", "-x", "c++", "-include"]
    memory = verdicts.Verdicts(root, build / "lint" / "headers", verdicts.version("g++"))
    return memory.run({header: [*flags, str(header), "/dev/null"] for header in headers}, root)


if __name__ == "__main__":
    cpp.main_with_build(check)
