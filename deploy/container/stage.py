#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""stage.py BINARY FOLDER VERSION: puts into FOLDER/root what the image has, and nothing else; FOLDER/state is an empty folder,
which becomes that of the state file.

That is the binary, the shared libraries that the loader finds for it here, the loader, the authorities of Debian's
ca-certificates, the licence texts of all of them, and the SBOM. Needs Debian with dpkg. SOURCE_DATE_EPOCH, where it is set,
is the time that the SBOM states."""

import dataclasses
import pathlib
import re
import shutil
import subprocess
import sys

import sbom

LICENCE = pathlib.Path(__file__).resolve().parents[2] / "LICENSE"
NAME = "sas-operation-exporter"
AUTHORITIES = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
DOCUMENTS = pathlib.Path("usr/share/doc")
# Debian's OpenSSL looks here for the authorities to trust.
WHERE_OPENSSL_LOOKS = pathlib.Path("usr/lib/ssl/cert.pem")
# Of these the binary has code of its own, from headers, without a library in the image.
FROM_HEADERS = ("libboost1.81-dev", "libcli11-dev")


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def libraries(binary: pathlib.Path) -> list[pathlib.Path]:
    """The files that the loader maps besides the binary, and itself."""
    found = []
    for line in run("ldd", str(binary)).splitlines():
        if "not found" in line:
            raise SystemExit(f"stage.py: {line.strip()}: is this the machine that {binary} was built on?")
        if path := re.search(r"(?:=> )?(/\S+) \(0x", line):
            found.append(pathlib.Path(path[1]))
    return sorted(found)


def in_usr(path: pathlib.Path) -> pathlib.Path:
    """Relative to the root. /lib and /lib64 are links to folders in /usr, as Debian has them."""
    parts = path.parts[1:]
    return pathlib.Path(*parts if parts[0] in ("usr", "etc") else ("usr", *parts))


def owner(path: pathlib.Path) -> str:
    """The package that brought this file, by whichever of its names dpkg knows."""
    usr = pathlib.Path("/") / in_usr(path)
    for name in (path, usr, pathlib.Path("/") / usr.relative_to("/usr"), path.resolve()):
        known = subprocess.run(["dpkg-query", "--search", str(name)], capture_output=True, text=True)
        if known.returncode == 0:
            return known.stdout.split(":")[0]
    raise SystemExit(f"stage.py: {path} belongs to no package")


@dataclasses.dataclass
class Staging:
    folder: pathlib.Path
    # What is staged, by its package: the files relative to the folder.
    files: dict[str, list[pathlib.Path]] = dataclasses.field(default_factory=dict)

    def put(self, source: pathlib.Path, place: pathlib.Path, package: str) -> None:
        target = self.folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        target.chmod(source.stat().st_mode & 0o755)
        self.files.setdefault(package, []).append(place)

    def link(self, place: pathlib.Path, to: str) -> None:
        (self.folder / place).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / place).symlink_to(to)


def stage_licences(staging: Staging) -> None:
    """One of each; what is word for word the same (Boost has 2 MB) is a link to it."""
    there: dict[bytes, str] = {}
    for package in (*staging.files, *FROM_HEADERS):
        source = LICENCE if package == NAME else pathlib.Path("/") / DOCUMENTS / package / "copyright"
        place = DOCUMENTS / package / "copyright"
        if first := there.get(source.read_bytes()):
            staging.link(place, f"../{first}/copyright")
            staging.files.setdefault(package, [])
        else:
            there[source.read_bytes()] = package
            staging.put(source, place, package)


def stage(binary: pathlib.Path, folder: pathlib.Path, version: str) -> None:
    (folder / "state").mkdir(parents=True)
    stripped = folder / "stripped"
    folder = folder / "root"
    (folder / "var/lib").mkdir(parents=True)
    staging = Staging(folder)
    run("strip", "-o", str(stripped), str(binary))
    staging.put(stripped, pathlib.Path("usr/bin") / NAME, NAME)
    stripped.unlink()
    for library in libraries(binary):
        staging.put(library, in_usr(library), owner(library))
        top = library.parts[1]
        if top != "usr" and not (folder / top).is_symlink():
            staging.link(pathlib.Path(top), f"usr/{top}")
    staging.put(AUTHORITIES, in_usr(AUTHORITIES), "ca-certificates")
    staging.link(WHERE_OPENSSL_LOOKS, str(AUTHORITIES))

    stage_licences(staging)
    sbom.write(folder, DOCUMENTS / NAME / "sbom.spdx.json", staging.files, version, NAME, FROM_HEADERS)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    stage(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3])
