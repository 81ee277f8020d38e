#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Reports how long files and functions are, and fails where one is too long to be one idea or to fit on a screen."""

import pathlib
import re
import statistics
from typing import NamedTuple

import cpp

FILE_LIMIT = {"daemon": 300, "tests": 400}
FUNCTION_LIMIT = {"daemon": 60}
TYPES = {"class", "struct", "union", "enum"}


class Function(NamedTuple):
    name: str
    line: int
    length: int


def functions(text: str) -> list[Function]:
    """Every function's body with its signature, from the first line to the last. Lambdas count with their function."""
    code = cpp.tokens(text)
    partner = cpp.partners(code)
    found = []
    i = head = 0
    while i < len(code):
        if code[i].text in (";", "}"):
            head = i + 1
        elif code[i].text in (":",) and code[i - 1].text in ("public", "private", "protected"):
            head = i + 1
        elif code[i].text in ("(", "["):
            i = partner.get(i, i)
        elif code[i].text == "{":
            kind = what_opens(code, partner, head, i)
            if kind == "function":
                end = partner.get(i, i)
                found.append(Function(name_of(code, head, i), code[head].line, code[end].line - code[head].line + 1))
                i = end
                head = i + 1
            elif kind == "value":
                i = partner.get(i, i)
            else:
                head = i + 1
        i += 1
    return found


def what_opens(code: list[cpp.Token], partner: dict[int, int], head: int, brace: int) -> str:
    """What the brace opens, by the words of its head: a namespace or type to look into, a function, or values."""
    words = []
    i = head
    while i < brace:
        if code[i].text == "template" and code[i + 1].text == "<":
            depth = 0
            while i < brace:
                i += 1
                depth += {"<": 1, ">": -1}.get(code[i].text, 0)
                if depth == 0:
                    break
        elif code[i].text in ("(", "[") and i in partner:
            words.append("()" if code[i].text == "(" else "[]")
            i = partner[i]
        else:
            words.append(code[i].text)
        i += 1
    if "namespace" in words or "extern" in words or (TYPES & set(words) and "()" not in words):
        return "scope"
    if "()" not in words or "=" in [word for k, word in enumerate(words) if k == 0 or words[k - 1] != "operator"]:
        return "value"
    after = words[len(words) - 1 - words[::-1].index("()") + 1 :]
    starts_initialisers = ":" in words[words.index("()") :]
    is_initial_value = starts_initialisers and after and re.match(r"\w", after[-1]) and after[-1] not in ("const", "noexcept")
    return "value" if is_initial_value else "function"


def name_of(code: list[cpp.Token], head: int, brace: int) -> str:
    for i in range(head, brace):
        if code[i].text == "(":
            if code[i - 1].text in ("TEST", "TEST_F", "TEST_P"):
                return ".".join(token.text for token in code[i + 1 : i + 4] if token.kind == "word")
            return code[i - 1].text
    return "?"


def percentile(values: list[int], share: float) -> int:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def summary(part: str, what: str, sizes: list[tuple[int, str]]) -> str:
    lengths = [size for size, _ in sizes]
    longest = ", ".join(f"{size} {name}" for size, name in sorted(sizes, reverse=True)[:3])
    return (
        f"{part}: {len(sizes)} {what}, median {statistics.median(lengths):.0f}, p90 {percentile(lengths, 0.9)}; "
        f"longest: {longest}"
    )


class Sizes(NamedTuple):
    files: list[tuple[int, str]]
    functions: list[tuple[int, str]]


def measure(root: pathlib.Path, part: str) -> Sizes:
    sizes = Sizes([], [])
    for path in cpp.sources(root, part):
        name = path.relative_to(root).as_posix()
        text = path.read_text()
        sizes.files.append((text.count("\n"), name))
        sizes.functions.extend((body.length, f"{body.name} ({name}:{body.line})") for body in functions(text))
    return sizes


def report(root: pathlib.Path) -> None:
    for part in FILE_LIMIT:
        sizes = measure(root, part)
        if sizes.files:
            print(summary(part, "files", sizes.files))
        if sizes.functions:
            print(summary(part, "functions", sizes.functions))


def check(root: pathlib.Path) -> list[str]:
    problems = []
    for part, limit in FILE_LIMIT.items():
        sizes = measure(root, part)
        cap = FUNCTION_LIMIT.get(part)
        problems += [f"{name}: {size} lines, over {limit}: is it still one idea?" for size, name in sizes.files if size > limit]
        problems += [f"{name}: {size} lines, over {cap}: split it" for size, name in sizes.functions if cap and size > cap]
    return problems


if __name__ == "__main__":
    report(cpp.ROOT)
    cpp.main(check)
