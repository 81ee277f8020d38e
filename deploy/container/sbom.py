# SPDX-License-Identifier: Apache-2.0
"""The image's bill of materials, SPDX 2.3 as JSON: every file in it but this one, and the Debian package that it is of."""

import datetime
import hashlib
import json
import os
import pathlib
import re
import subprocess
import urllib.parse
import uuid
from typing import Iterable

# Names of debian/copyright (DEP 5) that SPDX spells otherwise, besides the endings that `spdx_name` knows.
SPDX_NAMES = {
    "BSL-1.0": "BSL-1.0",
    "BSD-2-clause": "BSD-2-Clause",
    "BSD-3-clause": "BSD-3-Clause",
    "Apache-2.0": "Apache-2.0",
    "Expat": "MIT",
    "MIT": "MIT",
    "ISC": "ISC",
    "zlib": "Zlib",
}
FACTS = ("Package", "Version", "Architecture", "source:Package", "source:Version", "Maintainer", "Homepage")


def facts_of(package: str) -> dict[str, str]:
    form = "".join(f"${{{fact}}}\n" for fact in FACTS)
    command = ["dpkg-query", "--show", f"--showformat={form}\t", package]
    known = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return dict(zip(FACTS, known.split("\t")[0].split("\n")))


def spdx_name(name: str) -> str | None:
    """A licence of debian/copyright in the words of SPDX; None where it is none that SPDX has."""
    if gnu := re.fullmatch(r"(A?GPL|LGPL)-(\d)(?:\.(\d))?(\+?)", name):
        family, major, minor, later = gnu.groups()
        return f"{family}-{major}.{minor or 0}-{'or-later' if later else 'only'}"
    return SPDX_NAMES.get(name)


def declared(copyright_text: str) -> tuple[str, str]:
    """What debian/copyright declares for most files, as SPDX says it, and all names that it mentions. NOASSERTION where it
    is not machine-readable, or has a name that SPDX does not know."""
    if not re.match(r"Format: *\n? *https?://www\.debian\.org/doc/packaging-manuals/copyright-format", copyright_text):
        return "NOASSERTION", "debian/copyright is not machine-readable"
    names = re.findall(r"^License: *(\S.*)$", copyright_text, re.MULTILINE)
    comment = "Licences that debian/copyright names: " + ", ".join(sorted(set(names)))
    whole = re.search(r"^Files: *\*\n(?:.+\n)*?License: *(\S.*)$", copyright_text, re.MULTILINE)
    words = [word if word in ("and", "or") else spdx_name(word) for word in (whole[1].split() if whole else [])]
    if not words or None in words:
        return "NOASSERTION", comment
    return " ".join(word.upper() if word in ("and", "or") else word for word in words), comment


def purl(facts: dict[str, str]) -> str:
    system = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', pathlib.Path("/etc/os-release").read_text(), re.MULTILINE))
    version = urllib.parse.quote(facts["Version"], safe=":~")
    where = urllib.parse.urlencode({"arch": facts["Architecture"], "distro": f"{system['ID']}-{system['VERSION_ID']}"})
    return f"pkg:deb/{system['ID']}/{urllib.parse.quote(facts['Package'], safe='')}@{version}?{where}"


def identifier(kind: str, name: str) -> str:
    return f"SPDXRef-{kind}-" + re.sub(r"[^A-Za-z0-9.]+", "-", name).strip("-")


def file_entry(folder: pathlib.Path, place: pathlib.Path) -> dict:
    content = (folder / place).read_bytes()
    kind = {"usr/bin": "BINARY", "usr/lib": "BINARY"}.get("/".join(place.parts[:2]).replace("lib64", "lib"), "TEXT")
    return {
        "fileName": f"./{place}",
        "SPDXID": identifier("File", str(place)),
        "fileTypes": [kind],
        "checksums": [
            {"algorithm": name.upper(), "checksumValue": hashlib.new(name, content).hexdigest()} for name in ("sha1", "sha256")
        ],
        "licenseConcluded": "NOASSERTION",
        "copyrightText": "NOASSERTION",
    }


def verification_code(files: Iterable[dict]) -> dict:
    sums = sorted(file["checksums"][0]["checksumValue"] for file in files)
    return {"packageVerificationCodeValue": hashlib.sha1("".join(sums).encode()).hexdigest()}


def package_entry(name: str, version: str, purpose: str, url: str, licence: str, **more: object) -> dict:
    return {
        "name": name,
        "SPDXID": identifier("Package", name),
        "versionInfo": version,
        "primaryPackagePurpose": purpose,
        "supplier": "NOASSERTION",
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": "NOASSERTION",
        "licenseDeclared": licence,
        "copyrightText": "NOASSERTION",
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": url}],
    } | more


def debian_entry(package: str, copyright_text: str) -> dict:
    facts = facts_of(package)
    licence, comment = declared(copyright_text)
    maintainer = re.fullmatch(r"(.+) <(.+)>", facts["Maintainer"])
    more = {
        "supplier": f"Organization: {maintainer[1]} ({maintainer[2]})" if maintainer else "NOASSERTION",
        "sourceInfo": f"built from {facts['source:Package']} {facts['source:Version']}",
        "licenseComments": comment,
    }
    if facts["Homepage"]:
        more["homepage"] = facts["Homepage"]
    return package_entry(package, facts["Version"], "LIBRARY", purl(facts), licence, **more)


def created() -> str:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    when = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else datetime.datetime.now(datetime.UTC)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def write(
    folder: pathlib.Path,
    place: pathlib.Path,
    files: dict[str, list[pathlib.Path]],
    version: str,
    own: str,
    from_headers: Iterable[str],
) -> None:
    """`files` are those of each package, relative to `folder`. The document goes to `place` in it."""
    image = package_entry(f"{own}-image", version, "CONTAINER", f"pkg:oci/{own}?tag={version}", "NOASSERTION")
    packages, entries = [image], []
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", image["SPDXID"])]
    exporter = identifier("Package", own)
    for package, places in sorted(files.items()):
        copyright_text = (folder / "usr/share/doc" / package / "copyright").read_text()
        if package == own:
            entry = package_entry(own, version, "APPLICATION", f"pkg:generic/{own}@{version}", "Apache-2.0")
        else:
            entry = debian_entry(package, copyright_text)
            if package != "ca-certificates":
                how = "STATIC_LINK" if package in from_headers else "DYNAMIC_LINK"
                relations.append((exporter, how, entry["SPDXID"]))
        own_files = [file_entry(folder, path) for path in sorted(places)]
        if own_files:
            entry |= {"filesAnalyzed": True, "packageVerificationCode": verification_code(own_files)}
        packages.append(entry)
        entries += own_files
        relations.append((image["SPDXID"], "CONTAINS", entry["SPDXID"]))
        relations += [(entry["SPDXID"], "CONTAINS", file["SPDXID"]) for file in own_files]
    body = {
        "packages": packages,
        "files": entries,
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other} for one, kind, other in relations
        ],
    }
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"{own}-{version}",
        "documentNamespace": uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(body)).urn,
        "creationInfo": {"created": created(), "creators": [f"Tool: {own}-sbom"]},
    } | body
    (folder / place).write_text(json.dumps(document, indent=1) + "\n")
