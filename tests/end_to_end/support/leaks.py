# SPDX-License-Identifier: Apache-2.0
"""Secrets in what a program says: as they are, and in each form in which somebody might have written them."""

import base64
import json
import urllib.parse

LEAST_OF_BASE64 = 12  # letters that do not depend on what stands before and after


def forms(secret: str) -> dict[str, str]:
    found = {
        "plain": secret,
        "reversed": secret[::-1],
        "percent-encoded": urllib.parse.quote(secret, safe="-_.~"),
        "as JSON": json.dumps(secret)[1:-1],
        "hexadecimal": secret.encode().hex(),
    }
    for before in range(3):  # where the secret begins within the three bytes that four letters stand for
        text = base64.b64encode(b"?" * before + secret.encode()).decode()
        inner = text[4:-4] if before else text[:-4]
        assert len(inner) >= LEAST_OF_BASE64, "too short a secret to be recognized"
        found[f"base64, {before}"] = inner
        found[f"base64url, {before}"] = inner.replace("+", "-").replace("/", "_")
    return found


def leaks(texts: dict[str, str], secrets: dict[str, str]) -> list[str]:
    """Where which secret stands in which form."""
    return [
        f"{name} ({form}) in {place}"
        for name, secret in secrets.items()
        for form, text in forms(secret).items()
        for place, said in texts.items()
        if text in said
    ]
