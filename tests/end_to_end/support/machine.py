# SPDX-License-Identifier: Apache-2.0
"""A machine with a systemd of its own: Debian's, in a container that shares this test's network and nothing else. The tree
that it boots from is made once and kept with the build; what a test changes in it is in memory and gone with the test."""

import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from typing import Iterator

from support.peers import BINARIES, ROOT
from support.wait import until

BUILD = BINARIES.parent
INSIDE = "SAS_OWN_MACHINE"
# procps has the kill of ExecReload=; dbus is how systemctl speaks to systemd from where we run it.
ALWAYS = {"systemd", "dbus", "procps"}
CGROUPS = [path for path in map(pathlib.Path, ("/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified", "/sys/fs/cgroup"))
           if (path / "cgroup.procs").exists()]  # fmt: skip
PREFIX = "sas-machine-"
CLEAN = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}


def skip(reason: str) -> None:
    print(f"skipped: {reason}")
    sys.exit(77)


def build_package() -> pathlib.Path:
    run = subprocess.run([ROOT / "deploy/packaging/build_deb.sh", BUILD], check=True, capture_output=True, text=True)
    return pathlib.Path(run.stdout.strip())


def enter() -> pathlib.Path:
    """Starts this program anew where all that it starts and mounts goes when it goes, and its network is its own. The package
    that was built from this build."""
    if INSIDE in os.environ:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return pathlib.Path(os.environ[INSIDE])
    unshare = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if os.geteuid() != 0 or subprocess.run([*unshare, "true"], capture_output=True).returncode != 0:
        skip("booting a systemd needs root, and namespaces of its own")
    for program in ("systemd-nspawn", "mmdebstrap"):
        if not shutil.which(program):
            skip(f"there is no {program} here")
    if not CGROUPS:
        skip("there are no control groups here")
    sweep()
    package = build_package()
    make_tree(package)  # here, where packages can be fetched
    os.environ[INSIDE] = str(package)
    os.execvp(unshare[0], [*unshare, sys.executable, "-B", *sys.argv])


def sweep(name: str = f"{PREFIX}*") -> None:
    """Control groups outlive whoever is killed before it could remove its own. Those in use cannot be removed."""
    for folder in CGROUPS:
        for group in folder.glob(name):
            for path in [*sorted(group.rglob("*"), reverse=True), group]:
                with contextlib.suppress(OSError):
                    path.rmdir()


def wanted(package: pathlib.Path) -> list[str]:
    """What must be in the tree for the package to be installed without a network."""
    depends = subprocess.run(["dpkg-deb", "--field", package, "Depends"], check=True, capture_output=True, text=True).stdout
    names = {re.split(r"[ |(]", entry.strip())[0] for entry in depends.split(",")}
    return sorted(names | ALWAYS)


def tree(package: pathlib.Path) -> pathlib.Path:
    return BUILD / f"debian-{hashlib.sha256(' '.join(wanted(package)).encode()).hexdigest()[:12]}"


def make_tree(package: pathlib.Path) -> None:
    path = tree(package)
    if path.exists():
        return
    with tempfile.TemporaryDirectory(prefix="tree-", dir=BUILD) as folder:
        made = pathlib.Path(folder) / "tree"
        command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={','.join(wanted(package))}", "bookworm", made]
        run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(f"mmdebstrap cannot make a tree of Debian 12:\n{run.stderr}")
        (made / "etc/resolv.conf").unlink(missing_ok=True)
        os.chmod(made, 0o755)
        made.rename(path)


class Machine:
    def __init__(self, package: pathlib.Path) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=PREFIX))
        self.name = self.folder.name.replace("_", "-")
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", self.folder], check=True)
        for part in ("upper", "work", "root"):
            (self.folder / part).mkdir()
        self.root = self.folder / "root"
        layers = f"lowerdir={tree(package)},upperdir={self.folder}/upper,workdir={self.folder}/work"
        subprocess.run(["mount", "-t", "overlay", "overlay", "-o", layers, self.root], check=True)
        self.console = (self.folder / "console").open("wb")
        self.groups = [folder / self.name for folder in CGROUPS]
        for group in self.groups:
            group.mkdir()
        self.container = subprocess.Popen(
            [
                *("systemd-nspawn", "--quiet", f"--directory={self.root}", "--boot", "--register=no", "--keep-unit"),
                *("--console=pipe", f"--machine={self.name}", "--kill-signal=SIGRTMIN+3"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=self.console,
            stderr=subprocess.STDOUT,
            preexec_fn=self._move,
        )
        self.leader = until(self._find_leader, "systemd is started")
        until(lambda: self.run("systemctl", "is-system-running", check=False).strip() == "running", "the machine is up")

    def _move(self) -> None:
        for group in self.groups:
            (group / "cgroup.procs").write_text(str(os.getpid()))

    def _find_leader(self) -> str | None:
        children = pathlib.Path(f"/proc/{self.container.pid}/task/{self.container.pid}/children").read_text().split()
        for child in children:
            if pathlib.Path(f"/proc/{child}/comm").read_text().strip() == "systemd":
                return child
        if self.container.poll() is not None:
            raise AssertionError(f"systemd-nspawn ended: {(self.folder / 'console').read_text(errors='replace')}")
        return None

    def stop(self) -> None:
        self.container.send_signal(signal.SIGTERM)
        try:
            self.container.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.container.kill()
            self.container.wait()
        self.console.close()
        subprocess.run(["umount", self.root], check=True)
        subprocess.run(["umount", self.folder], check=True)
        self.folder.rmdir()
        sweep(self.name)

    def run(self, *command: str, check: bool = True) -> str:
        """What the command said in the machine, to both."""
        inside = ["nsenter", "-t", self.leader, "--mount", "--uts", "--ipc", "--pid", "--", *command]
        run = subprocess.run(inside, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=CLEAN, timeout=120)
        if check and run.returncode != 0:
            raise AssertionError(f"{' '.join(command)} ended with {run.returncode}:\n{run.stdout}")
        return run.stdout

    def code(self, *command: str) -> int:
        inside = ["nsenter", "-t", self.leader, "--mount", "--uts", "--ipc", "--pid", "--", *command]
        return subprocess.run(inside, capture_output=True, env=CLEAN, timeout=120).returncode

    def write(self, path: str, text: str, mode: int = 0o644) -> None:
        file = self.root / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(mode)

    def read(self, path: str) -> str:
        return (self.root / path.lstrip("/")).read_text()

    def exists(self, path: str) -> bool:
        return os.path.lexists(self.root / path.lstrip("/"))

    def install(self, package: pathlib.Path, *options: str) -> str:
        shutil.copy(package, self.root / "root")
        return self.run("dpkg", *options, "--install", f"/root/{package.name}")

    def show(self, unit: str) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.run("systemctl", "show", unit).splitlines() if "=" in line)

    def journal(self, unit: str, *match: str) -> list[dict]:
        """In order; what the unit's processes wrote, and what systemd says of it."""
        text = self.run("journalctl", "--no-pager", "--output=json", f"--unit={unit}", *match)
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")]

    def files(self, *folders: str) -> Iterator[str]:
        for folder in folders:
            for path in sorted((self.root / folder.lstrip("/")).rglob("*")):
                yield "/" + str(path.relative_to(self.root))
