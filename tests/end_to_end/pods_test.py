#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The pods of deploy/kubernetes run under `podman play kube`: the base's own, with its probes asked as a kubelet asks them, and
the sidecar beside a container of somebody else's."""

import json
import pathlib
import re
import sys
from typing import NamedTuple

import yaml

from support import kube, own_network
from support import podman as containers
from support.kube_rules import is_ours
from support.peers import Simulator, get, target
from support.samples import Samples
from support.testcase import EndToEnd, main
from support.wait import until

CONFIG = "/etc/sas-operation-exporter"


class Running(NamedTuple):
    """One container of a pod that runs, as the manifest has it."""

    name: str
    manifest: dict

    def address(self) -> str:
        """Where it listens, in the test's own network."""
        return f"127.0.0.1:{self.manifest['ports'][0]['containerPort']}"

    def path(self, probe: str) -> str:
        return self.manifest[probe]["httpGet"]["path"]


class Pods(EndToEnd):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.podman = containers.Podman()
        cls.addClassCleanup(cls.podman.remove)
        cls.podman.build()

    def watch(self, things: list[dict], simulator: Simulator) -> None:
        """Has the ConfigMap name the simulated service, which stands in it with its authority."""
        data = kube.one(things, "ConfigMap")["data"]
        config = yaml.safe_load(data["config.yml"])
        config["targets"] = [target(simulator, ca_file=f"{CONFIG}/ca.pem")]
        config["poll"] = {"interval": "500ms", "idle_interval": "500ms", "max_requests_per_second": 20}
        data |= {"config.yml": json.dumps(config), "ca.pem": simulator.ca_file.read_text()}

    def play(self, things: list[dict]) -> dict[str, Running]:
        """The containers that run, by their names in the manifest. podman's pods know no sidecars, which are containers like
        the others here; in a host's network they declare no ports; and it would have a shell in the image ask the probes."""
        deployment = kube.one(things, "Deployment")
        pod = deployment["spec"]["template"]["spec"]
        manifests = {each["name"]: dict(each) for each in pod.pop("initContainers", []) + pod["containers"]}
        left_out = {"ports", "restartPolicy", "startupProbe", "readinessProbe", "livenessProbe"}
        pod["containers"] = [
            {key: value for key, value in each.items() if key not in left_out} for each in manifests.values()
        ]
        file = self.directory / "pod.yml"
        file.write_text(yaml.safe_dump_all([kube.one(things, "ConfigMap"), deployment]))
        self.addCleanup(self.podman.run, "play", "kube", "--down", str(file), check=False)
        self.podman.run("play", "kube", "--network=host", str(file))
        name = f"{deployment['metadata']['name']}-pod-0"
        return {each: Running(f"{name}-{each}", manifest) for each, manifest in manifests.items()}

    def await_answer(self, running: Running, path: str, status: int = 200) -> str:
        def look() -> str | None:
            try:
                answer = get(running.address(), path)
            except ConnectionRefusedError:
                return None
            return answer.text() if answer.status == status else None

        return until(look, f"{running.name} answers {path} with {status}")

    def assert_probes_pass_and_it_is_scraped(self, running: Running, simulator: Simulator) -> None:
        self.await_answer(running, running.path("startupProbe"))
        if "readinessProbe" in running.manifest:
            self.await_answer(running, running.path("readinessProbe"))
        self.await_answer(running, running.path("livenessProbe"))

        def look() -> Samples | None:
            samples = Samples(get(running.address(), "/metrics").text())
            return samples if samples.value("up", target="production") == 1 else None

        self.assertEqual(until(look, "the target is up").total("task_items"), 337)
        self.assertTrue(simulator.answered())

    def assert_is_confined(self, running: Running) -> None:
        process = pathlib.Path(f"/proc/{self.podman.pid(running.name)}")
        status = dict(re.findall(r"^(\w+):\t(.*)$", (process / "status").read_text(), re.MULTILINE))
        self.assertEqual(set(status["Uid"].split() + status["Gid"].split()), {str(containers.USER)})
        self.assertEqual({status[kind] for kind in ("CapEff", "CapPrm", "CapBnd")}, {"0" * 16})
        self.assertEqual((status["NoNewPrivs"], status["Seccomp"]), ("1", "2"))
        [root] = re.findall(r"^\S+ \S+ \S+ \S+ / (\S+)", (process / "mountinfo").read_text(), re.MULTILINE)
        self.assertIn("ro", root.split(","))
        limit = self.podman.inspect("container", running.name)["HostConfig"]["Memory"]
        self.assertEqual(limit, 256 << 20)

    def assert_ends_well(self, running: Running, grace: int) -> None:
        self.podman.run("stop", f"--time={grace}", running.name)
        self.assertEqual(self.podman.inspect("container", running.name)["State"]["ExitCode"], 0)
        # json, as the ConfigMap asks for
        said = self.podman.run("logs", running.name)
        self.assertEqual(json.loads((said.stdout + said.stderr).splitlines()[-1])["msg"], "stopped")

    def test_the_pod_of_the_base_polls_is_probed_scraped_and_ends(self) -> None:
        simulator = self.simulator("seed-sample")
        things = kube.kustomize(kube.FOLDER / "base")
        pod = kube.one(things, "Deployment")["spec"]["template"]["spec"]
        self.watch(things, simulator)
        exporter = self.play(things)["exporter"]
        self.assert_probes_pass_and_it_is_scraped(exporter, simulator)
        self.assert_is_confined(exporter)
        [state] = [
            mount["Source"]
            for mount in self.podman.inspect("container", exporter.name)["Mounts"]
            if mount["Destination"] == "/var/lib/sas-operation-exporter"
        ]
        until((pathlib.Path(state) / "state").exists, "the state is written to the emptyDir")
        self.assert_ends_well(exporter, pod["terminationGracePeriodSeconds"])

    def test_a_key_from_a_secret_is_read_from_its_files(self) -> None:
        """podman has its own way of secrets in pods; the files of one are a volume here, as the kubelet makes them."""
        simulator = self.simulator("seed-sample")
        things = kube.kustomize(kube.FOLDER / "overlays" / "access-key")
        pod = kube.one(things, "Deployment")["spec"]["template"]["spec"]
        credentials = yaml.safe_load(kube.one(things, "ConfigMap")["data"]["config.yml"])["targets"][0]["credentials"]
        own = target(simulator)["credentials"]
        folder = self.folder("secret")
        for key in ("access_key_id", "access_key_secret"):
            self.assertIn(key, kube.one(things, "Secret")["data"])
            (folder / key).write_text(own[key])
        self.watch(things, simulator)
        data = kube.one(things, "ConfigMap")["data"]
        data["config.yml"] = json.dumps(json.loads(data["config.yml"]) | {
            "targets": [target(simulator, ca_file=f"{CONFIG}/ca.pem", credentials=credentials)]
        })  # fmt: skip
        for volume in pod["volumes"]:
            if "secret" in volume:
                del volume["secret"]
                volume["hostPath"] = {"path": str(folder), "type": "Directory"}
            if "persistentVolumeClaim" in volume:
                del volume["persistentVolumeClaim"]
                volume["emptyDir"] = {}
        self.assert_probes_pass_and_it_is_scraped(self.play(things)["exporter"], simulator)

    def test_the_sidecar_runs_beside_a_container_of_another(self) -> None:
        simulator = self.simulator("seed-sample")
        things = kube.kustomize(kube.FOLDER / "overlays" / "sidecar")
        pod = kube.one(things, "Deployment")["spec"]["template"]["spec"]
        self.watch(things, simulator)
        [sidecar] = pod["initContainers"]
        self.assertEqual(sidecar["restartPolicy"], "Always")
        [other] = pod["containers"]
        self.assertFalse(is_ours(other))
        # There is no other image here than ours: it stands in for whatever the pod is for.
        other |= {"image": sidecar["image"], "args": [sidecar["args"][0], "--web.listen-address=127.0.0.1:0"]}
        [config] = [mount for mount in sidecar["volumeMounts"] if mount["mountPath"] == CONFIG]
        other["volumeMounts"].append(config)
        running = self.play(things)
        beside = running[sidecar["name"]]
        self.assert_probes_pass_and_it_is_scraped(beside, simulator)
        self.assert_is_confined(beside)
        self.assertTrue(self.podman.inspect("container", running[other["name"]].name)["State"]["Running"])
        self.assert_ends_well(beside, 15)


if __name__ == "__main__":
    if reason := containers.impossible():
        print(f"skipped: {reason}")
        sys.exit(77)
    own_network.enter()
    if not own_network.IS_INSIDE:
        print("skipped: this machine lets nobody have a network of one's own")
        sys.exit(77)
    main()
