# SPDX-License-Identifier: Apache-2.0
"""The one place where a test lets time pass: between two looks at a condition, up to a bound that only a hang reaches."""

import time
from typing import Callable, TypeVar

T = TypeVar("T")
PATIENCE = 90.0  # seconds; sanitizers on a busy machine are slow


def until(look: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """What `look` returns once it returns something that is neither None nor False."""
    give_up = time.monotonic() + patience
    while True:
        found = look()
        if found is not None and found is not False:
            return found
        if time.monotonic() > give_up:
            raise AssertionError(f"waited {patience:.0f} s in vain: {what}")
        time.sleep(0.05)
