# SPDX-License-Identifier: Apache-2.0
"""podman with a storage of its own, which is gone with the test, and the exporter in its containers. Whatever runs in them is
in the test's network."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
from typing import TYPE_CHECKING

from support.peers import EXPORTER, ROOT, Exporter
from support.process import Process

if TYPE_CHECKING:
    from support.testcase import EndToEnd

BUILD = ROOT / "deploy" / "container"
IMAGE = "localhost/sas-operation-exporter:0.1.0"  # as build.sh calls it, and the manifests
USER = 65534
# Locks are files, since those in shared memory are of all podmans of the machine.
SETTINGS = """\
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
lock_type = "file"
tmp_dir = "{folder}/tmp"
"""
STORAGE = """\
[storage]
driver = "{driver}"
graphroot = "{folder}/storage"
runroot = "{folder}/run"
"""


def impossible() -> str | None:
    """Why no container can run here, if so."""
    if os.geteuid() != 0:
        return "containers need root here"
    if missing := [name for name in ("podman", "runc", "catatonit") if not shutil.which(name)]:
        return f"there is no {', '.join(missing)}: deploy/install_packages.sh containers"
    made = subprocess.run(["unshare", "--mount", "--pid", "--fork", "true"], capture_output=True, text=True)
    return None if made.returncode == 0 else f"this machine lets nobody make namespaces: {made.stderr.strip()}"


class Podman:
    def __init__(self) -> None:
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="sas-podman-"))
        (self.folder / "containers.conf").write_text(SETTINGS.format(folder=self.folder))
        self.environment = {
            "CONTAINERS_CONF": str(self.folder / "containers.conf"),
            "CONTAINERS_STORAGE_CONF": str(self.folder / "storage.conf"),
        }
        # An overlay cannot lie on every file system.
        for driver in ("overlay", "vfs"):
            (self.folder / "storage.conf").write_text(STORAGE.format(driver=driver, folder=self.folder))
            answer = self.run("info", check=False)
            if answer.returncode == 0:
                return
            shutil.rmtree(self.folder / "storage", ignore_errors=True)
        self.remove()
        raise AssertionError(f"podman does not work here: {answer.stderr}")

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        done = subprocess.run(
            ["podman", *arguments], env=os.environ | self.environment, capture_output=True, text=True, timeout=300
        )
        if check and done.returncode != 0:
            raise AssertionError(f"podman {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
        return done

    def inspect(self, kind: str, name: str) -> dict:
        return json.loads(self.run(kind, "inspect", name).stdout)[0]

    def pid(self, container: str) -> int:
        return self.inspect("container", container)["State"]["Pid"]

    def build(self, version: str = "0.1.0") -> str:
        """The image with the binary of this build. What build.sh said."""
        staged = self.folder / "staged"
        for command in (
            [str(BUILD / "stage.py"), str(EXPORTER), str(staged), version],
            [str(BUILD / "build.sh"), "--engine=podman", f"--staged={staged}", f"--sbom={self.folder / 'sbom.json'}"],
        ):
            done = subprocess.run(command, env=os.environ | self.environment, capture_output=True, text=True, timeout=300)
            if done.returncode != 0:
                raise AssertionError(f"{command[0]} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def remove(self) -> None:
        """Ends what runs, takes away what is mounted, and the folder."""
        for command in (("pod", "rm", "--all", "--force", "--time=5"), ("rm", "--all", "--force", "--time=5")):
            self.run(*command, check=False)
        mounts = [line.split()[1] for line in pathlib.Path("/proc/mounts").read_text().splitlines()]
        for mount in sorted((mount for mount in mounts if mount.startswith(f"{self.folder}/")), reverse=True):
            subprocess.run(["umount", "--lazy", mount], capture_output=True)
        shutil.rmtree(self.folder)


class Contained(Exporter):
    """The daemon that a process has in a container: `podman run` in the foreground, or `podman logs --follow`."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.address = process.await_line(r"\blistening\b.*\baddress\"?[=:]\"?([0-9.]+:\d+)")[1]


def run_exporter(test: "EndToEnd", podman: Podman, name: str, *options: str, arguments: tuple[str, ...] = ()) -> Contained:
    """`podman run` of the image in the test's network, on a port that the kernel chose."""
    command = ["podman", "run", f"--name={name}", "--rm", "--network=host", *options, IMAGE]
    command += ["--web.listen-address=127.0.0.1:0", *arguments]
    return Contained(test.start("exporter", command, **podman.environment))
