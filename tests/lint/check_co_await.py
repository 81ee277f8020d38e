#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Finds the temporaries that g++ 12 miscompiles inside a full expression with a co_await: braces, capturing lambdas,
ternaries. Also capturing lambdas of the daemon that are coroutines: their captures die with the lambda, not with the
coroutine."""

import pathlib

import cpp
from cpp import Token

CONTROL = {"if", "while", "for", "switch"}
BEFORE_BLOCK = {")", ";", "{", "}", ":", "else", "do", "try", "const", "noexcept", "mutable", "override", "final"}
# Their values have nothing to destroy, so that a temporary of them is as good as a number.
DURATIONS = {"nanoseconds", "microseconds", "milliseconds", "seconds", "minutes", "hours", "Milliseconds"}
# What stands before a `[` that opens a lambda rather than a subscript, an attribute or a structured binding.
AFTER_VALUE = {")", "]", "auto", "&&"}


class File:
    def __init__(self, text: str) -> None:
        self.code = cpp.tokens(text)
        self.partner = cpp.partners(self.code)

    def text(self, i: int) -> str:
        return self.code[i].text if 0 <= i < len(self.code) else ""

    def is_lambda(self, i: int) -> bool:
        """Whether the `[` at i introduces a lambda."""
        if self.text(i) != "[" or i not in self.partner or self.text(i + 1) == "[" or self.text(i - 1) == "[":
            return False
        before = self.code[i - 1] if i > 0 else Token("mark", ";", 0)
        if before.text in ("return", "co_return", "co_await"):
            return True
        if before.text == "&":
            return self.text(i - 2) != "auto"
        if before.text == "&&" and self.text(i - 2) != "auto":
            return True
        return before.kind == "mark" and before.text not in AFTER_VALUE

    def body(self, introducer: int) -> int | None:
        """The `{` of the body of the lambda that the `[` at `introducer` starts."""
        i = self.partner[introducer] + 1
        if self.text(i) == "<":  # template parameters
            while self.text(i) not in (">", ""):
                i += 1
            i += 1
        if self.text(i) == "(" and i in self.partner:
            i = self.partner[i] + 1
        while self.text(i) not in ("{", ";", ")", ""):
            i = self.partner[i] + 1 if self.text(i) in ("(", "[") and i in self.partner else i + 1
        return i if self.text(i) == "{" else None

    def is_block(self, brace: int) -> bool:
        """Whether the `{` opens statements, rather than a list of initial values."""
        if self.text(brace - 1) in BEFORE_BLOCK or self.text(brace - 1) == "]":
            return True
        for i in range(brace - 1, max(brace - 40, -1), -1):  # `-> asio::awaitable<Result<T>> {`
            if self.text(i) == "->":
                return True
            if self.code[i].kind != "word" and self.text(i) not in ("::", "<", ">", ",", "*", "&"):
                return False
        return False

    def start(self, i: int) -> int:
        """The first token of the full expression that i stands in."""
        while i > 0:
            before = self.text(i - 1)
            if before in (";", "}") and not (before == "}" and self.is_value(i - 1)):
                return i
            if before == "{" and self.is_block(i - 1):
                return i
            if before == "(" and self.text(i - 2) in CONTROL:
                return i
            i = self.partner.get(i - 1, i - 1) if before in cpp.OPENING else i - 1
        return i

    def is_value(self, closing: int) -> bool:
        """Whether the braces that end here belong to the expression: a list of values, or a lambda's body."""
        opening = self.partner.get(closing)
        if opening is None:
            return False
        if not self.is_block(opening):
            return True
        return any(self.body(i) == opening for i in range(max(opening - 80, 0), opening) if self.is_lambda(i))

    def end(self, i: int) -> int:
        """One past the last token of the full expression."""
        while i < len(self.code):
            text = self.text(i)
            if text == ";" or (text == "}" and self.is_block(self.partner.get(i, 0))):
                return i
            if text == ")" and self.text(self.partner.get(i, 0) - 1) in CONTROL:
                return i
            i = self.partner.get(i, i) + 1 if text in cpp.CLOSING else i + 1
        return i


def hazards(file: File, start: int, end: int) -> list[tuple[int, str]]:
    found = []
    i = start
    while i < end:
        if file.is_lambda(i) and (body := file.body(i)) is not None:
            if file.partner[i] > i + 1:
                found.append((file.code[i].line, "a capturing lambda"))
            i = file.partner.get(body, body) + 1  # its statements are full expressions of their own
            continue
        if file.text(i) == "{" and file.text(i - 1) not in DURATIONS:
            found.append((file.code[i].line, "a braced temporary"))
        elif file.text(i) == "?":
            found.append((file.code[i].line, "a ternary"))
        i += 1
    return found


def unsafe_temporaries(file: File) -> list[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    for i, token in enumerate(file.code):
        if token.text != "co_await":
            continue
        for line, what in hazards(file, file.start(i), file.end(i)):
            found.add((line, f"{what} inside an expression with co_await: give it a name before"))
    return sorted(found)


def capturing_coroutines(file: File) -> list[tuple[int, str]]:
    found = []
    for i in range(len(file.code)):
        if not file.is_lambda(i) or file.partner[i] == i + 1 or (body := file.body(i)) is None:
            continue
        inner = range(body + 1, file.partner.get(body, body))
        nested = {k for j in inner if file.is_lambda(j) and (b := file.body(j)) for k in range(b, file.partner.get(b, b))}
        if any(file.text(j) in ("co_await", "co_return") and j not in nested for j in inner):
            found.append((file.code[i].line, "a capturing lambda is a coroutine: its captures die before it ends"))
    return found


def check(root: pathlib.Path) -> list[str]:
    problems = []
    for path in cpp.sources(root, "daemon", "tests"):
        file = File(path.read_text())
        name = path.relative_to(root)
        found = unsafe_temporaries(file)
        if name.parts[0] == "daemon":
            found += capturing_coroutines(file)
        problems += [f"{name}:{line}: {what}" for line, what in found]
    return problems


if __name__ == "__main__":
    cpp.main(check)
