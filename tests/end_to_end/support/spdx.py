# SPDX-License-Identifier: Apache-2.0
"""What SPDX 2.3 asks of a document in JSON, as far as ours go (https://spdx.github.io/spdx-spec/v2.3/): the fields and their
values as a closed schema, licences by SPDX's own list, and what must hold between the parts."""

import hashlib
import json
import re
from typing import Iterator

import jsonschema

from support.peers import ROOT

LICENCES = ROOT / "tests" / "end_to_end" / "kubernetes" / "node_modules" / "spdx-license-ids" / "index.json"
ID = {"type": "string", "pattern": r"^SPDXRef-[A-Za-z0-9.-]+$"}
WORDS = {"type": "string", "minLength": 1}
ALGORITHMS = {"SHA1": 40, "SHA256": 64}


def closed(required: dict, optional: dict | None = None) -> dict:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": list(required),
        "additionalProperties": False,
    }


def many(items: dict, at_least: int = 1) -> dict:
    return {"type": "array", "items": items, "minItems": at_least}


CHECKSUM = {
    "oneOf": [
        closed({"algorithm": {"const": name}, "checksumValue": {"type": "string", "pattern": f"^[0-9a-f]{{{digits}}}$"}})
        for name, digits in ALGORITHMS.items()
    ]
}
PACKAGE = closed(
    {"name": WORDS, "SPDXID": ID, "downloadLocation": WORDS, "filesAnalyzed": {"type": "boolean"}},
    {
        "versionInfo": WORDS,
        "supplier": {"type": "string", "pattern": r"^(NOASSERTION|(Person|Organization): .+)$"},
        "homepage": {"type": "string", "pattern": "^https?://"},
        "sourceInfo": WORDS,
        "licenseConcluded": WORDS,
        "licenseDeclared": WORDS,
        "licenseComments": WORDS,
        "copyrightText": WORDS,
        "primaryPackagePurpose": {"enum": ["APPLICATION", "LIBRARY", "CONTAINER"]},
        "packageVerificationCode": closed({"packageVerificationCodeValue": {"type": "string", "pattern": "^[0-9a-f]{40}$"}}),
        "externalRefs": many(
            closed(
                {
                    "referenceCategory": {"const": "PACKAGE-MANAGER"},
                    "referenceType": {"const": "purl"},
                    "referenceLocator": {"type": "string", "pattern": r"^pkg:[a-z]+/[^\s@?#]+@[^\s@?#]+(\?[^\s?#]+)?$|^pkg:oci/"},
                }
            )
        ),
    },
)
FILE = closed(
    {"fileName": {"type": "string", "pattern": r"^\./[^/]"}, "SPDXID": ID, "checksums": many(CHECKSUM)},
    {"fileTypes": many({"enum": ["BINARY", "TEXT"]}), "licenseConcluded": WORDS, "copyrightText": WORDS},
)
RELATIONSHIP = closed(
    {
        "spdxElementId": ID,
        "relationshipType": {"enum": ["DESCRIBES", "CONTAINS", "DYNAMIC_LINK", "STATIC_LINK"]},
        "relatedSpdxElement": ID,
    }
)
DOCUMENT = closed(
    {
        "spdxVersion": {"const": "SPDX-2.3"},
        "dataLicense": {"const": "CC0-1.0"},
        "SPDXID": {"const": "SPDXRef-DOCUMENT"},
        "name": WORDS,
        "documentNamespace": {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:[^\s#]+$"},
        "creationInfo": closed(
            {
                "created": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"},
                "creators": many({"type": "string", "pattern": r"^(Tool|Organization|Person): \S"}),
            }
        ),
        "packages": many(PACKAGE),
        "files": many(FILE),
        "relationships": many(RELATIONSHIP),
    }
)


def licence_problems(expression: str, known: set[str]) -> Iterator[str]:
    words = re.sub(r"[()]", " ", expression).split()
    for number, word in enumerate(words):
        right = word in ("AND", "OR") if number % 2 else word in known
        if not right:
            yield f"{expression!r} is no licence expression: {word}"


def between(document: dict, known: set[str]) -> Iterator[str]:
    elements = [document, *document["packages"], *document["files"]]
    ids = [element["SPDXID"] for element in elements]
    yield from (f"{name} stands for more than one element" for name in set(ids) if ids.count(name) > 1)
    contained: dict[str, list[str]] = {}
    for relation in document["relationships"]:
        for end in (relation["spdxElementId"], relation["relatedSpdxElement"]):
            if end not in ids:
                yield f"a relationship names {end}, which is not there"
        if relation["relationshipType"] == "CONTAINS":
            contained.setdefault(relation["spdxElementId"], []).append(relation["relatedSpdxElement"])
    if not any(relation["relationshipType"] == "DESCRIBES" for relation in document["relationships"]):
        yield "the document describes nothing"
    sums = {file["SPDXID"]: file["checksums"][0]["checksumValue"] for file in document["files"]}
    for package in document["packages"]:
        for field in ("licenseDeclared", "licenseConcluded"):
            if package.get(field, "NOASSERTION") not in ("NOASSERTION", "NONE"):
                yield from licence_problems(package[field], known)
        own = sorted(sums[name] for name in contained.get(package["SPDXID"], []) if name in sums)
        code = hashlib.sha1("".join(own).encode()).hexdigest() if own else None
        if package.get("packageVerificationCode", {}).get("packageVerificationCodeValue") != code:
            yield f"{package['name']}: the verification code is not that of its files"
        if package["filesAnalyzed"] != bool(own):
            yield f"{package['name']}: filesAnalyzed is {package['filesAnalyzed']}, with {len(own)} files"
    for orphan in set(sums) - {name for names in contained.values() for name in names}:
        yield f"{orphan} is of no package"


def problems(document: dict) -> list[str]:
    """All that is wrong; empty for a valid document."""
    if not LICENCES.exists():
        raise AssertionError(f"SPDX's list of licences is not installed: run {LICENCES.parents[2] / 'install.sh'}")
    found = [error.json_path + ": " + error.message for error in jsonschema.Draft7Validator(DOCUMENT).iter_errors(document)]
    return found or list(between(document, set(json.loads(LICENCES.read_text()))))
