#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Holds every #include of the daemon, and CMake's link lists, against the table in daemon/README.md."""

import pathlib
import re
from dataclasses import dataclass, field

import cpp

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)

# The table's names for third-party libraries: how their headers begin, and the CMake targets that bring them.
LIBRARIES = {
    "Boost.System": (("boost/system/", "boost/assert/source_location.hpp"), ()),
    "Boost.Unordered": (("boost/unordered/", "boost/unordered_", "boost/container_hash/"), ()),
    "fmt": (("fmt/",), ("fmt::fmt",)),
    "simdjson": (("simdjson.h",), ("simdjson::simdjson",)),
    "OpenSSL": (("openssl/", "boost/asio/ssl"), ("OpenSSL::Crypto", "OpenSSL::SSL")),
    "yaml-cpp": (("yaml-cpp/",), ("yaml-cpp",)),
    "prometheus-cpp": (("prometheus/",), ("prometheus-cpp::core",)),
    "Asio": (("boost/asio/", "boost/asio/ssl/impl/src.hpp"), ()),
    "Beast": (("boost/beast/",), ()),
    "spdlog": (("spdlog/",), ("spdlog::spdlog",)),
    "libcrypt": (("crypt.h",), ("PkgConfig::crypt",)),
    "libsystemd": (("systemd/",), ("PkgConfig::systemd",)),
    "Boost.URL": (("boost/url.hpp", "boost/url/"), ("Boost::url",)),
    "Boost.JSON": (("boost/json.hpp", "boost/json/"), ("Boost::json",)),
    "ISA-L": (("isa-l.h", "isa-l/", "igzip_lib.h"), ("PkgConfig::isal",)),
    "zlib": (("zlib.h",), ("ZLIB::ZLIB",)),
    "CLI11": (("CLI/",), ("CLI11::CLI11",)),
}
# What the programs, which stand in no folder, put together; runtime for what comes before any command.
MAIN = ("base", "app", "cli", "manual", "runtime")
# base hands these to everybody: Result is Boost.System's.
WITH_BASE = {"Boost.System"}
# Targets that a library needs to link, without the folder including their headers.
ALSO_LINKED = {"Asio": {"Threads::Threads", "OpenSSL::SSL"}, "Boost.System": {"Boost::headers"}}
# Whole libraries in one header: seconds of compile time in each file that names them.
TOO_WIDE = {"boost/asio.hpp", "boost/beast.hpp", "boost/asio/ssl.hpp", "boost/unordered.hpp"}
# What a pure folder does without: files, threads, clocks of the system, randomness of its own.
IMPURE = {
    "filesystem", "fstream", "iostream", "cstdio", "stdio.h", "random", "ctime", "time.h", "thread", "mutex",
    "shared_mutex", "future", "condition_variable", "csignal", "signal.h",
}  # fmt: skip
C_HEADERS = {
    "errno.h", "fcntl.h", "ifaddrs.h", "malloc.h", "netdb.h", "poll.h", "pthread.h", "pwd.h", "sched.h", "signal.h", "spawn.h",
    "stdio.h", "stdlib.h", "string.h", "syslog.h", "time.h", "unistd.h", "immintrin.h",
}  # fmt: skip


@dataclass
class Row:
    pure: bool
    folders: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # single headers of a folder that is otherwise closed
    libraries: set[str] = field(default_factory=set)

    def linked(self) -> set[str]:
        return set(self.folders) | {file.split("/")[0] for file in self.files}


def read_table(text: str) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for line in text.splitlines():
        cells = [cell.strip().replace("`", "") for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or len(cells) != 3 or cells[0] == "folder" or set(cells[0]) <= {"-"}:
            continue
        permitted = [name.strip() for name in cells[1].split(",") if name.strip()]
        rows[cells[0].split()[0]] = Row(
            pure="[P]" in cells[0],
            folders=[name for name in permitted if "/" not in name],
            files=[name for name in permitted if "/" in name],
            libraries={name.strip() for name in cells[2].split(",") if name.strip()},
        )
    return rows


def check_table(rows: dict[str, Row], daemon: pathlib.Path) -> list[str]:
    """The table itself: only folders above a row, only libraries that are known, no folder left out."""
    problems = []
    seen: list[str] = []
    for name, row in rows.items():
        for folder in sorted(row.linked()):
            if folder not in seen:
                problems.append(f"daemon/README.md: {name} may include {folder}, which does not stand above it")
        for file in row.files:
            if not (daemon / file).is_file():
                problems.append(f"daemon/README.md: {name} may include {file}, which does not exist")
        for library in sorted(row.libraries - LIBRARIES.keys()):
            problems.append(f"daemon/README.md: {name}: {library} is not in check_includes.py's LIBRARIES")
        seen.append(name)
    for folder in sorted(path.name for path in daemon.iterdir() if path.is_dir()):
        if folder not in rows:
            problems.append(f"daemon/README.md: the table has no row for daemon/{folder}")
    return problems


def library_of(header: str) -> str | None:
    found = [
        (len(prefix), name) for name, (prefixes, _) in LIBRARIES.items() for prefix in prefixes if header.startswith(prefix)
    ]
    return max(found)[1] if found else None


def project_include(folder: str, header: str, rows: dict[str, Row]) -> str | None:
    wanted = header.split("/")[0]
    row = rows.get(folder)
    if "/" not in header or wanted not in rows:
        return f'"{header}" names no folder of daemon/; write "folder/file.hpp"'
    if row is None:  # a program
        return None if wanted in MAIN else f'"{header}": a program may include only {", ".join(MAIN)}'
    if wanted in (folder, "base") or wanted in row.folders or header in row.files:
        return None
    allowed = ", ".join(["base", *row.folders, *row.files])
    return f'"{header}": {folder} may include only {allowed} (table in daemon/README.md)'


def system_include(folder: str, header: str, rows: dict[str, Row]) -> str | None:
    row = rows.get(folder, Row(pure=False))
    if header in TOO_WIDE:
        return f"<{header}> is the whole library; include the narrow headers that are used"
    library = library_of(header)
    if library is not None:
        if library in row.libraries | WITH_BASE or (library == "Boost.System" and "Asio" in row.libraries):
            return None
        return f"<{header}>: {folder} may not use {library} (table in daemon/README.md)"
    if row.pure and (header in IMPURE or header.startswith("sys/") or header in C_HEADERS - {"string.h"}):
        return f"<{header}>: {folder} is pure: no files, threads, clocks, randomness or system calls"
    is_standard = "/" not in header and "." not in header
    if is_standard or header in C_HEADERS or re.match(r"(sys|linux|arpa|net|netinet)/", header):
        return None
    return f"<{header}> is of no library that check_includes.py knows; add it to LIBRARIES and to the table"


# In nobody's folder and included by nobody; what a file may include is judged by what it says itself.
PRECOMPILED = ("precompiled.hpp", "precompiled_asio.hpp")


def check_files(rows: dict[str, Row], root: pathlib.Path) -> list[str]:
    problems = []
    for path in cpp.sources(root, "daemon"):
        if path in (root / "daemon" / name for name in PRECOMPILED):
            continue
        text = path.read_text()
        inside = path.relative_to(root / "daemon").parts
        folder = inside[0] if len(inside) > 1 else ""
        for match in INCLUDE.finditer(text):
            judge = project_include if match[1] == '"' else system_include
            if problem := judge(folder, match[2], rows):
                line = text.count("\n", 0, match.start()) + 1
                problems.append(f"{path.relative_to(root)}:{line}: {problem}")
    return problems


def check_simulator(root: pathlib.Path) -> list[str]:
    """A stand-in for the service that shared the daemon's code would agree with its mistakes."""
    return [
        f'{path.relative_to(root)}: "{match[2]}": the simulator has only base and runtime in common with the daemon'
        for path in cpp.sources(root, "tests/simulator")
        for match in INCLUDE.finditer(path.read_text())
        if match[1] == '"' and match[2].split("/")[0] not in ("base", "runtime", "simulator", "support")
    ]


def check_cmake(rows: dict[str, Row], text: str) -> list[str]:
    problems = []
    text = re.sub(r"#.*", "", text)
    calls = dict(re.findall(r"^sas_folder\((\w+)\b([^)]*)\)", text, re.MULTILINE))
    for name in sorted(rows.keys() - calls.keys()):
        problems.append(f"daemon/CMakeLists.txt: no sas_folder({name} …)")
    for name in sorted(calls.keys() - rows.keys()):
        problems.append(f"daemon/README.md: the table has no row for {name}, which CMake builds")
    for name in rows.keys() & calls.keys():
        problems += check_call(name, rows[name], calls[name].split())
    return sorted(problems)


def check_call(name: str, row: Row, words: list[str]) -> list[str]:
    lists: dict[str, set[str]] = {"ASIO": set(), "LINK": set(), "THIRD_PARTY": set()}
    current = "LINK"
    for word in words:
        if word in lists:
            current = word
        else:
            lists[current].add(word)
    where = f"daemon/CMakeLists.txt: {name}:"
    expected = row.linked() | ({"base"} if name != "base" else set())
    problems = [f"{where} links {extra}, which the table does not allow" for extra in sorted(lists["LINK"] - expected)]
    problems += [f"{where} does not link {lost}, which the table allows" for lost in sorted(expected - lists["LINK"])]
    if ("ASIO" in words) != ("Asio" in row.libraries):
        problems.append(f"{where} ASIO stands in only one of CMake and the table")
    allowed = {"fmt::fmt"}
    for library in row.libraries & LIBRARIES.keys():
        targets = set(LIBRARIES[library][1])
        allowed |= targets | ALSO_LINKED.get(library, set())
        if targets and library != "fmt" and not targets & lists["THIRD_PARTY"]:
            problems.append(f"{where} does not link {library}, which the table allows")
    for target in sorted(lists["THIRD_PARTY"] - allowed):
        problems.append(f"{where} links {target}, which the table does not allow")
    return problems


def check(root: pathlib.Path) -> list[str]:
    daemon = root / "daemon"
    rows = read_table((daemon / "README.md").read_text())
    if not rows:
        return ["daemon/README.md: found no table of who may include whom"]
    return (
        check_table(rows, daemon)
        + check_files(rows, root)
        + check_simulator(root)
        + check_cmake(rows, (daemon / "CMakeLists.txt").read_text())
    )


if __name__ == "__main__":
    cpp.main(check)
