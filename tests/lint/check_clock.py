#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The daemon reads clocks in daemon/runtime/clock.* and nowhere else (a test may, to bound a wait for a real peer);
neither daemon nor tests sleep, or leave a coroutine to itself."""

import pathlib
import re

import cpp

CLOCK_FILES = {"daemon/runtime/clock.cpp", "daemon/runtime/clock.hpp"}
SYSTEM_CLOCKS = {
    "system_clock", "steady_clock", "high_resolution_clock", "utc_clock", "tai_clock", "file_clock", "Monotonic",
}  # fmt: skip
CLOCK_CALLS = {"gettimeofday", "clock_gettime", "timespec_get", "ftime"}
SLEEPS = {"this_thread", "usleep", "nanosleep", "clock_nanosleep"}  # runtime::sleep_for is a timer: it may
# The one place where a Python test lets time pass between two looks at a condition.
PYTHON_WAIT = "tests/end_to_end/support/wait.py"


def around(code: list[cpp.Token], i: int) -> tuple[str, str, list[str]]:
    """The word at i, what stands before it, and what follows."""
    return code[i].text, code[i - 1].text if i else "", [token.text for token in code[i + 1 : i + 5]]


def clock_reading(code: list[cpp.Token], i: int) -> str | None:
    word, before, after = around(code, i)
    if word in SYSTEM_CLOCKS and after[:3] == ["::", "now", "("]:
        return f"reads {word}: only daemon/runtime/clock does; take the time as a value, or runtime::Clock's"
    if word in CLOCK_CALLS and after[:1] == ["("]:
        return f"reads the clock by {word}(): only daemon/runtime/clock does"
    if word == "time" and before not in (".", "->") and after[:2] in (["(", "nullptr"], ["(", "NULL"], ["(", "0"]):
        return "reads the clock by time(): only daemon/runtime/clock does"
    return None


def idling(code: list[cpp.Token], i: int) -> str | None:
    word, before, after = around(code, i)
    if word in SLEEPS or (word == "sleep" and after[:1] == ["("] and before not in (".", "->", "co_await")):
        return f"{word}: wait for a condition or for a timer, never for time to pass"
    if word == "detached":
        return "detached: give the coroutine to a TaskGroup"
    return None


def check(root: pathlib.Path) -> list[str]:
    problems = []
    for path in cpp.sources(root, "daemon", "tests"):
        name = path.relative_to(root).as_posix()
        rules = [idling]
        if name.startswith("daemon/") and name not in CLOCK_FILES:
            rules.append(clock_reading)
        code = cpp.tokens(path.read_text())
        for i, token in enumerate(code):
            found = [problem for rule in rules if token.kind == "word" and (problem := rule(code, i))]
            problems += [f"{name}:{token.line}: {problem}" for problem in found]
    return problems + check_python(root)


def check_python(root: pathlib.Path) -> list[str]:
    problems = []
    for path in cpp.sources(root, "tests", endings=(".py",)):
        name = path.relative_to(root).as_posix()
        if name == PYTHON_WAIT or name.startswith("tests/lint/"):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(r"\btime\.sleep\b|\bfrom time import\b.*\bsleep\b", line):
                problems.append(f"{name}:{number}: sleep: wait for a condition with support.wait")
    return problems


if __name__ == "__main__":
    cpp.main(check)
