# SPDX-License-Identifier: Apache-2.0
"""The keys that the simulated service takes, and until when: tests mint them and end them while it runs."""

import dataclasses
import itertools
import json
import pathlib
import threading
import time


@dataclasses.dataclass
class Key:
    id: str
    secret: str
    token: str = ""
    until: float | None = None  # seconds since 1970; none: for ever

    def has_ended(self, now: float) -> bool:
        return self.until is not None and now >= self.until


class KeyRing:
    def __init__(self, file: pathlib.Path) -> None:
        self.file = file
        self.keys: dict[str, Key] = {}
        self.numbers = itertools.count(1)
        self.lock = threading.Lock()
        self.write()

    def mint(self, whose: str, life: float | None = None, token: bool = False) -> Key:
        """Another key, which works from now on; `life` in seconds."""
        with self.lock:
            number = next(self.numbers)
            key = Key(
                id=f"{'STS' if token else 'LTAI'}.{whose}.{number}",
                secret=f"{whose}-s3cret-{number}",
                token=f"{whose}-t0ken-{number}" if token else "",
                until=None if life is None else time.time() + life,
            )
            self.keys[key.id] = key
            self.write()
            return key

    def end(self, key: Key) -> None:
        with self.lock:
            key.until = time.time()
            self.write()

    def revive(self, key: Key) -> None:
        """It works for ever from now on."""
        with self.lock:
            key.until = None
            self.write()

    def of(self, whose: str) -> list[Key]:
        """In the order in which they were minted."""
        return [key for key in self.keys.values() if key.id.split(".")[1] == whose]

    def write(self) -> None:
        entries = []
        for key in self.keys.values():
            until = {} if key.until is None else {"until": int(key.until * 1000)}
            entries.append({"id": key.id, "secret": key.secret, "security_token": key.token} | until)
        aside = self.file.with_suffix(".new")
        aside.write_text(json.dumps(entries))
        aside.rename(self.file)
