#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The container: what is in the image, that its SBOM says so, and that it runs with no right that it could be without."""

import copy
import hashlib
import json
import pathlib
import re
import stat
import subprocess
import sys
import tarfile

from support import podman as containers
from support import spdx
from support.peers import BINARIES, ROOT, Simulator, target
from support.testcase import EndToEnd, main
from support.wait import until

CONFIG = "/etc/sas-operation-exporter"
SBOM = "usr/share/doc/sas-operation-exporter/sbom.spdx.json"
AUTHORITIES = "etc/ssl/certs/ca-certificates.crt"
STATE = "var/lib/sas-operation-exporter"
CONFINED = ("--read-only", "--cap-drop=all", "--security-opt=no-new-privileges", "--memory=64m", "--pids-limit=16")


class Container(EndToEnd):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.podman = containers.Podman()
        cls.addClassCleanup(cls.podman.remove)
        cls.said = cls.podman.build()

    def contents(self) -> dict[str, tuple[tarfile.TarInfo, bytes]]:
        """Every entry of the image, by its path. What the runtime itself puts into a container is not among them."""
        name = self.podman.run("create", containers.IMAGE).stdout.strip()
        file = self.directory / "image.tar"
        self.podman.run("export", f"--output={file}", name)
        self.podman.run("rm", name)
        with tarfile.open(file) as archive:
            return {
                entry.name.rstrip("/"): (entry, archive.extractfile(entry).read() if entry.isfile() else b"")
                for entry in archive
            }

    def sbom(self) -> dict:
        return json.loads((self.podman.folder / "sbom.json").read_text())

    def config_folder(self, simulator: Simulator, *without: str) -> pathlib.Path:
        """For the container's user to read, with the authority of the simulated service."""
        folder = self.folder("mounted")
        (folder / "ca.pem").write_bytes(simulator.ca_file.read_bytes())
        watched = target(simulator, ca_file=f"{CONFIG}/ca.pem")
        for key in without:
            del watched[key]
        config = {
            "targets": [watched],
            "poll": {"interval": "500ms", "idle_interval": "500ms", "max_requests_per_second": 20},
            "state": {"file": f"/{STATE}/state"},
        }
        (folder / "config.yml").write_text(json.dumps(config))
        return folder

    def test_the_image_holds_what_its_sbom_lists_and_nothing_else(self) -> None:
        entries = self.contents()
        listed = {file["fileName"].removeprefix("./"): file for file in self.sbom()["files"]}
        files = {name for name, (entry, _) in entries.items() if entry.isfile()}
        self.assertEqual(files, listed.keys() | {SBOM})
        for name, file in listed.items():
            sums = {each["algorithm"]: each["checksumValue"] for each in file["checksums"]}
            self.assertEqual(sums["SHA256"], hashlib.sha256(entries[name][1]).hexdigest(), name)
        links = {name for name, (entry, _) in entries.items() if entry.issym()}
        self.assertEqual(
            {name for name in links if not name.endswith("/copyright")}, {"lib", "lib64", "usr/lib/ssl/cert.pem"}
        )
        for name, (entry, _) in entries.items():
            self.assertTrue(entry.isfile() or entry.isdir() or entry.issym(), name)
            self.assertFalse(entry.mode & (stat.S_ISUID | stat.S_ISGID | stat.S_IWOTH) and not entry.issym(), name)
            self.assertEqual(entry.uid, containers.USER if name == STATE else 0, name)
        programs = {name for name in files if entries[name][0].mode & 0o111 and ".so" not in name}
        self.assertEqual(programs, {"usr/bin/sas-operation-exporter"})

    def test_the_libraries_are_those_that_the_loader_asks_for(self) -> None:
        binary = self.directory / "binary"
        entries = self.contents()
        binary.write_bytes(entries["usr/bin/sas-operation-exporter"][1])
        loaded = subprocess.run(["ldd", str(binary)], check=True, capture_output=True, text=True).stdout
        wanted = {pathlib.Path(path).name for path in re.findall(r"(/\S+) \(0x", loaded)}
        self.assertGreater(len(wanted), 5)
        self.assertEqual({pathlib.Path(name).name for name in entries if ".so" in name}, wanted)

    def test_the_sbom_is_valid_spdx_with_a_licence_or_a_reason_for_each_package(self) -> None:
        document = self.sbom()
        self.assertEqual(spdx.problems(document), [])
        names = {package["name"] for package in document["packages"]}
        self.assertLessEqual({"sas-operation-exporter", "libssl3", "libc6", "ca-certificates", "libboost1.81-dev"}, names)
        for package in document["packages"]:
            is_told = package["licenseDeclared"] != "NOASSERTION" or "licenseComments" in package
            self.assertTrue(is_told or package["primaryPackagePurpose"] == "CONTAINER", package["name"])
        shown = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "libssl3"], check=True, capture_output=True, text=True)
        [ssl] = [package for package in document["packages"] if package["name"] == "libssl3"]
        self.assertEqual(ssl["versionInfo"], shown.stdout)

    def test_mistakes_in_an_sbom_are_found(self) -> None:
        def plant(change) -> list[str]:
            document = copy.deepcopy(self.sbom())
            change(document)
            return spdx.problems(document)

        planted = {
            "an unknown field": lambda d: d.update(licence="CC0-1.0"),
            "a package without a name": lambda d: d["packages"][1].pop("name"),
            "a licence that is none": lambda d: d["packages"][2].update(licenseDeclared="Apache2"),
            "a relationship to nowhere": lambda d: d["relationships"][0].update(relatedSpdxElement="SPDXRef-none"),
            "a checksum cut short": lambda d: d["files"][0]["checksums"][0].update(checksumValue="abc"),
            "a file more than the code is of": lambda d: d["relationships"].append(
                d["relationships"][-1] | {"relatedSpdxElement": d["files"][0]["SPDXID"]}
            ),
            "an id twice": lambda d: d["files"].append(d["files"][0]),
            "a time that is none": lambda d: d["creationInfo"].update(created="yesterday"),
            "a purl without a version": lambda d: d["packages"][3]["externalRefs"][0].update(referenceLocator="pkg:deb/debian/x"),
        }
        for what, change in planted.items():
            with self.subTest(what):
                self.assertNotEqual(plant(change), [])

    def test_the_image_says_what_it_is_and_how_big(self) -> None:
        image = self.podman.inspect("image", containers.IMAGE)
        labels = image["Config"]["Labels"]
        for name, value in {"title": "sas-operation-exporter", "licenses": "Apache-2.0", "version": "0.1.0"}.items():
            self.assertEqual(labels[f"org.opencontainers.image.{name}"], value)
        self.assertRegex(labels["org.opencontainers.image.created"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertRegex(labels["org.opencontainers.image.revision"], r"^([0-9a-f]{12}|unknown)$")
        self.assertEqual(image["Config"]["User"], f"{containers.USER}:{containers.USER}")
        self.assertIn(f"{image['Size']} bytes", self.said)
        form = r"The image has (\d+) MB: the binary, the (\d+) libraries.*SBOM \(SPDX 2\.3, (\d+)\s+packages"
        stated = re.search(form, (ROOT / "README.md").read_text(), re.DOTALL)
        self.assertIsNotNone(stated, "the README says what is in the image")
        if BINARIES.parent.name == "release":
            self.assertAlmostEqual(image["Size"] / 1e6, int(stated[1]), delta=1.5)
        libraries = [file for file in self.sbom()["files"] if ".so" in file["fileName"]]
        counted = [len(libraries), len(self.sbom()["packages"])]
        self.assertEqual(counted, [int(stated[2]), int(stated[3])], "libraries and packages, as the README states them")

    def test_it_runs_confined_and_ends_when_told_to(self) -> None:
        simulator = self.simulator("seed-sample")
        mount = f"--volume={self.config_folder(simulator)}:{CONFIG}:ro"
        exporter = containers.run_exporter(
            self, self.podman, "confined", *CONFINED, mount, f"--volume=state:/{STATE}",
            arguments=(f"--config.file={CONFIG}/config.yml",),
        )  # fmt: skip
        exporter.await_value(1, "up", target="production")
        self.assertEqual(exporter.scrape().total("task_items"), 337)
        self.assertEqual(exporter.get("/-/ready").status, 200)

        process = pathlib.Path(f"/proc/{self.podman.pid('confined')}")
        status = dict(re.findall(r"^(\w+):\t(.*)$", (process / "status").read_text(), re.MULTILINE))
        self.assertEqual(set(status["Uid"].split() + status["Gid"].split()), {str(containers.USER)})
        self.assertEqual({status[kind] for kind in ("CapEff", "CapPrm", "CapBnd")}, {"0" * 16})
        self.assertEqual((status["NoNewPrivs"], status["Seccomp"]), ("1", "2"))
        [root] = re.findall(r"^\S+ \S+ \S+ \S+ / (\S+)", (process / "mountinfo").read_text(), re.MULTILINE)
        self.assertIn("ro", root.split(","))
        limits = self.podman.inspect("container", "confined")["HostConfig"]
        self.assertEqual((limits["Memory"], limits["PidsLimit"]), (64 << 20, 16))
        volume = pathlib.Path(self.podman.inspect("volume", "state")["Mountpoint"])
        until((volume / "state").exists, "the state is written to the volume")

        self.assertEqual(exporter.process.stop(), 0)
        self.assertRegex(exporter.process.output, r"msg=stopped")
        self.podman.run("volume", "rm", "state")

    def test_the_authorities_of_the_image_are_those_that_it_trusts(self) -> None:
        simulator = self.simulator("seed-sample")
        folder = self.config_folder(simulator, "ca_file")
        mount = f"--volume={folder}:{CONFIG}:ro"
        once = ("--format=json", f"--config.file={CONFIG}/config.yml")
        run = ("run", "--rm", "--network=host", *CONFINED, mount)
        refused = self.podman.run(*run, containers.IMAGE, "once", *once, check=False)
        self.assertEqual(refused.returncode, 1, refused.stderr)
        self.assertIn("certificate", refused.stdout + refused.stderr)
        trusted = self.podman.run(*run, f"--volume={folder}/ca.pem:/{AUTHORITIES}:ro", containers.IMAGE, "once", *once)
        self.assertEqual(trusted.returncode, 0)
        authorities = self.contents()[AUTHORITIES][1].decode()
        self.assertGreater(authorities.count("BEGIN CERTIFICATE"), 100)

    def test_there_is_no_shell(self) -> None:
        for program in ("/bin/sh", "/bin/bash", "/usr/bin/env"):
            tried = self.podman.run("run", "--rm", "--network=none", f"--entrypoint={program}", containers.IMAGE, check=False)
            self.assertEqual(tried.returncode, 127, tried.stderr)


if __name__ == "__main__":
    if reason := containers.impossible():
        print(f"skipped: {reason}")
        sys.exit(77)
    main()
