# SPDX-License-Identifier: Apache-2.0
"""What every check needs: the project's files, C++ as tokens, and one way to report what was found."""

import bisect
import pathlib
import re
import sys
from typing import Callable, Iterator, NamedTuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOT_OURS = {"__pycache__", "node_modules"}

TOKEN = re.compile(
    r"""(?P<comment>//(?:\\\n|[^\n])*|/\*.*?\*/)
      | (?P<string>(?:u8|[uUL])?R"(?P<delimiter>[^\s()\\]{0,16})\(.*?\)(?P=delimiter)"
          | (?:u8|[uUL])?"(?:\\.|[^"\\\n])*"
          | (?:u8|[uUL])?'(?:\\.|[^'\\\n])+')
      | (?P<directive>^[ \t]*\#(?:\\\n|//[^\n]*|/\*.*?\*/|[^\n])*)
      | (?P<number>\.?\d(?:[eEpP][+-]|'?[\w.])*)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<mark>::|->|&&|\|\||\.\.\.|[^\s\w])""",
    re.DOTALL | re.MULTILINE | re.VERBOSE,
)


class Token(NamedTuple):
    kind: str
    text: str
    line: int


def tokens(text: str) -> list[Token]:
    """The code alone: no comments, no preprocessor lines; a string or a character is one token."""
    line_starts = [i for i, letter in enumerate(text) if letter == "\n"]
    return [
        Token(match.lastgroup or "", match.group(), bisect.bisect_left(line_starts, match.start()) + 1)
        for match in _matches(text)
        if match.lastgroup not in ("comment", "directive")
    ]


def _matches(text: str) -> Iterator[re.Match]:
    for match in TOKEN.finditer(text):
        yield match


CLOSING = {"(": ")", "[": "]", "{": "}"}
OPENING = {closing: opening for opening, closing in CLOSING.items()}


def partners(code: list[Token]) -> dict[int, int]:
    """For each bracket's index the index of the bracket that it pairs with."""
    pairs: dict[int, int] = {}
    open_brackets: list[int] = []
    for i, token in enumerate(code):
        if token.kind != "mark":
            continue
        if token.text in CLOSING:
            open_brackets.append(i)
        elif token.text in OPENING and open_brackets and code[open_brackets[-1]].text == OPENING[token.text]:
            pairs[i] = open_brackets.pop()
            pairs[pairs[i]] = i
    return pairs


def sources(root: pathlib.Path, *folders: str, endings: tuple[str, ...] = (".cpp", ".hpp")) -> list[pathlib.Path]:
    """The files below these folders, in a stable order."""
    return sorted(
        path
        for folder in folders
        for path in (root / folder).rglob("*")
        if path.suffix in endings and path.is_file() and not NOT_OURS & set(path.parts)
    )


def main(check: Callable[[pathlib.Path], list[str]]) -> None:
    """Runs a check over the project (or over the tree named on the command line) and exits with its verdict."""
    problems = check(pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


def main_with_build(check: Callable[[pathlib.Path, pathlib.Path], list[str]]) -> None:
    """The same for a check that keeps something in the build directory, which the command line names."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} BUILD_DIRECTORY")
    problems = check(ROOT, pathlib.Path(sys.argv[1]).resolve())
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
