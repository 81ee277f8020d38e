#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The objects that kubectl and helm make of deploy/kubernetes: every one valid by strict types, each true of the others and of
the daemon, and both ways the same."""

import json
import os
import re
import subprocess

import yaml

from support import kube, kube_plants
from support.peers import EXPORTER, ROOT, get
from support.testcase import EndToEnd, main

BUILDS = [kube.FOLDER / "base", *sorted(folder for folder in (kube.FOLDER / "overlays").iterdir())]
# What Helm writes of itself, and how each way sees to it that a change brings a new pod.
HELM_LABELS = {"app.kubernetes.io/managed-by", "app.kubernetes.io/version", "helm.sh/chart"}
ARNS = {
    "roleArn": "acs:ram::1234567890123456:role/sas-operation-exporter",
    "oidcProviderArn": "acs:ram::1234567890123456:oidc-provider/ack-rrsa-c1234567890",
}
SECRET = "sas-operation-exporter-access-key"
ON = {"enabled": True}
# The chart's values that say what an overlay says, besides its configuration.
SAME = {
    "base": {},
    "overlays/rrsa": {"rrsa": ARNS, "serviceMonitor": ON, "rules": ON, "dashboards": ON},
    "overlays/access-key": {"accessKey": {"secret": SECRET}, "state": {"persistent": True}, "serviceMonitor": ON, "rules": ON},
    "overlays/ecs-role": {"ecsRole": ON, "podMonitor": ON},
}
EVERYTHING = {
    "image": {"tag": "0.1.0", "pullPolicy": "Always", "pullSecrets": [{"name": "registry"}]},
    "accessKey": {"secret": SECRET},
    "rrsa": ARNS,
    "ecsRole": ON,
    "serviceAccount": {"annotations": {"pod-identity.alibabacloud.com/role-name": "sas-operation-exporter"}},
    "state": {"persistent": True, "size": "40Gi", "storageClass": "alicloud-disk-essd"},
    "resources": {"limits": {"cpu": "500m", "memory": "1Gi"}},
    "serviceMonitor": ON | {"interval": "1m", "labels": {"release": "prometheus"}},
    "rules": ON | {"runbooks": "https://wiki.test/runbooks/", "dashboards": "https://grafana.test", "labels": {"release": "p"}},
    "dashboards": ON | {"folder": "Checks"},
    "networkPolicy": {"prometheusNamespace": "observability", "egress": [{"ports": [{"port": 9093, "protocol": "TCP"}]}]},
    "podLabels": {"team": "security"},
    "podAnnotations": {"example.com/note": "a note"},
    "nodeSelector": {"kubernetes.io/os": "linux"},
    "tolerations": [{"key": "dedicated", "operator": "Exists", "effect": "NoSchedule"}],
    "affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": []}},
    "priorityClassName": "system-cluster-critical",
}
WRONG = {
    "a misspelt value": ({"serviceMonitors": ON}, "serviceMonitors"),
    "a misspelt value deep inside": ({"serviceMonitor": {"enable": True}}, "enable"),
    "a text for a switch": ({"rules": {"enabled": "yes"}}, "rules"),
    "a word that there is not": ({"image": {"pullPolicy": "Sometimes"}}, "pullPolicy"),
    "a quantity that is none": ({"resources": {"limits": {"memory": "a lot"}}}, "memory"),
    "an interval that is none": ({"serviceMonitor": {"interval": "often"}}, "interval"),
    "no target": ({"config": {"targets": []}}, "targets"),
    "a target without a name": ({"config": {"targets": [{"site": "cn"}]}}, "name"),
    "half of RRSA": ({"rrsa": {"roleArn": ARNS["roleArn"]}}, "rrsa"),
    "an ARN that is none": ({"rrsa": ARNS | {"roleArn": "sas-operation-exporter"}}, "roleArn"),
    "both monitors": ({"serviceMonitor": ON, "podMonitor": ON}, "not"),
    "an address that is none": ({"rules": ON | {"runbooks": "wiki"}}, "runbooks"),
    "replicas, which are no value": ({"replicas": 2}, "replicas"),
}


def by_name(values: list) -> list:
    return sorted(values, key=lambda each: each["name"]) if all(isinstance(v, dict) and "name" in v for v in values) else values


def plain(value: object) -> object:
    """Without the order of named elements, which means nothing, and without hashes behind names."""
    if isinstance(value, dict):
        return {
            key: kube.without_hash(inner) if key == "name" and isinstance(inner, str) else plain(inner)
            for key, inner in value.items()
        }
    return by_name([plain(each) for each in value]) if isinstance(value, list) else value


def comparable(things: list[dict]) -> dict[tuple[str, str], dict]:
    found = {}
    for thing in json.loads(json.dumps(things)):
        for part in (thing["metadata"], thing.get("spec", {}).get("template", {}).get("metadata", {})):
            part.pop("namespace", None)
            for words, own in (("labels", HELM_LABELS), ("annotations", {"checksum/config"})):
                part[words] = {key: value for key, value in part.get(words, {}).items() if key not in own}
        if thing["kind"] == "ConfigMap":
            thing["data"] = {name: yaml.safe_load(text) for name, text in thing["data"].items()}
        if thing["kind"] != "Secret":
            found[(thing["kind"], kube.without_hash(thing["metadata"]["name"]))] = plain(thing)
    return found


class Kubernetes(EndToEnd):
    maxDiff = 4000

    def setUp(self) -> None:
        super().setUp()
        exporter = self.exporter(self.simulator("seed-sample"))
        self.serves = lambda path: get(exporter.address, path).status != 404

    def values(self, values: dict) -> str:
        file = self.directory / "values.yml"
        file.write_text(json.dumps(values))
        return f"--values={file}"

    def test_each_build_is_valid_and_true(self) -> None:
        for folder in BUILDS:
            with self.subTest(folder.name):
                things = kube.kustomize(folder)
                self.assertIn("Deployment", {thing["kind"] for thing in things})
                self.assertEqual(kube.problems(things, self.serves), [])

    def test_each_component_is_in_a_build(self) -> None:
        components = {folder.resolve() for folder in (kube.FOLDER / "components").iterdir()}
        used = set()
        for folder in BUILDS:
            kustomization = yaml.safe_load((folder / "kustomization.yaml").read_text())
            used |= {(folder / component).resolve() for component in kustomization.get("components", [])}
        self.assertEqual(used, components)

    def test_planted_mistakes_are_found(self) -> None:
        good = kube.kustomize(kube.FOLDER / "overlays" / "rrsa")
        self.assertEqual(kube.problems(good, self.serves), [])
        for what, (change, words) in (kube_plants.TYPES | kube_plants.RULES).items():
            with self.subTest(what):
                found = kube.problems(kube_plants.plant(good, change), self.serves)
                self.assertTrue(kube_plants.is_told(found, words), found)

    def test_the_pods_run_what_this_version_is_called(self) -> None:
        project = (ROOT / "CMakeLists.txt").read_text()
        version = re.search(r"^project\(sas-operation-exporter VERSION ([\d.]+)", project, re.MULTILINE)[1]
        images = set()
        for things in [*(kube.kustomize(folder) for folder in BUILDS), kube.template()]:
            pod = kube.one(things, "Deployment")["spec"]["template"]["spec"]
            images |= {each["image"] for each in pod.get("initContainers", []) + pod["containers"]}
        self.assertEqual({image for image in images if "sas-" in image}, {f"sas-operation-exporter:{version}"})
        chart = yaml.safe_load((kube.CHART / "Chart.yaml").read_text())
        self.assertEqual((chart["version"], chart["appVersion"]), (version, version))

    def test_the_configurations_are_valid(self) -> None:
        key = self.directory / "key"
        key.write_text("LTAI-a-key")
        environment = os.environ | {
            "ALIBABA_CLOUD_ROLE_ARN": ARNS["roleArn"],
            "ALIBABA_CLOUD_OIDC_PROVIDER_ARN": ARNS["oidcProviderArn"],
            "ALIBABA_CLOUD_OIDC_TOKEN_FILE": str(key),
        }
        files = sorted(kube.FOLDER.glob("**/config.yml"))
        self.assertGreater(len(files), len(BUILDS) - 1)
        for number, shipped in enumerate(files):
            file = self.directory / f"{number}.yml"
            text = re.sub(r"/run/secrets/sas-operation-exporter/\w+", str(key), shipped.read_text())
            file.write_text(text.replace("/var/lib/sas-operation-exporter", str(self.directory)))
            command = [str(EXPORTER), "check-config", f"--config.file={file}"]
            told = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
            self.assertEqual(told.returncode, 0, f"{shipped}: {told.stderr}")

    def test_the_rules_are_those_of_the_rule_files(self) -> None:
        made = subprocess.run([str(kube.FOLDER / "make_rules.py")], check=True, capture_output=True, text=True).stdout
        shipped = (kube.FOLDER / "components" / "rules" / "prometheus-rule.yaml").read_text()
        self.assertEqual(made, shipped, "run deploy/kubernetes/make_rules.py >…/components/rules/prometheus-rule.yaml")
        groups = [
            group
            for name in ("alerts.yml", "recording.yml")
            for group in yaml.safe_load((ROOT / "deploy" / "prometheus" / name).read_text())["groups"]
        ]
        self.assertEqual(yaml.safe_load(shipped)["spec"]["groups"], groups)
        self.assertEqual(kube.one(kube.template("--set=rules.enabled=true"), "PrometheusRule")["spec"]["groups"], groups)

    def test_the_chart_passes_its_linter_and_the_same_checks(self) -> None:
        kube.run("helm", "lint", "--strict", str(kube.CHART), self.values(EVERYTHING))
        self.assertEqual(kube.problems(kube.template(), self.serves), [])
        of_another_name = kube.template("--set=serviceMonitor.enabled=true", release="production")
        self.assertEqual(kube.problems(of_another_name, self.serves), [])
        names = {thing["metadata"]["name"] for thing in of_another_name}
        self.assertEqual(names, {"production-sas-operation-exporter"})
        things = kube.template(self.values(EVERYTHING))
        # The Secret is the user's.
        things.append({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": SECRET}})
        self.assertEqual(kube.problems(things, self.serves), [])
        for value in ("wiki.test/runbooks/SasTaskStalled.md", "grafana.test/d/", "alicloud-disk-essd", "observability", "40Gi"):
            self.assertIn(value, json.dumps(things))
        self.assertNotIn(".example/", json.dumps(kube.one(things, "PrometheusRule")))

    def test_the_chart_says_the_same_as_the_overlays(self) -> None:
        for name, values in SAME.items():
            with self.subTest(name):
                folder = kube.FOLDER / name
                values = values | {"config": yaml.safe_load((folder / "config.yml").read_text())}
                # Nothing of the default configuration may shine through where the overlay has another.
                self.assertEqual(comparable(kube.template(self.values(values))), comparable(kube.kustomize(folder)))

    def test_a_package_of_the_chart_has_all_that_the_folder_has(self) -> None:
        kube.run("helm", "package", str(kube.CHART), f"--destination={self.directory}")
        [package] = self.directory.glob("*.tgz")
        for switches in ("rules.enabled=true,dashboards.enabled=true", "podMonitor.enabled=true"):
            of_package = kube.template(f"--set={switches}", chart=package)
            self.assertEqual(of_package, kube.template(f"--set={switches}"))

    def test_wrong_values_are_refused(self) -> None:
        for what, (values, words) in WRONG.items():
            with self.subTest(what):
                told = kube.run("helm", "template", "x", str(kube.CHART), self.values(values), check=False)
                self.assertNotEqual(told.returncode, 0)
                self.assertIn("specifications of the schema", told.stderr)
                self.assertIn(words, told.stderr.partition("specifications of the schema")[2])

    def test_a_change_of_the_configuration_brings_a_new_pod(self) -> None:
        def template_of(interval: str) -> dict:
            things = kube.template(f"--set=config.poll.interval={interval}")
            return kube.one(things, "Deployment")["spec"]["template"]

        self.assertEqual(template_of("10s"), template_of("10s"))
        self.assertNotEqual(template_of("10s"), template_of("20s"))
        for folder in BUILDS:
            [config] = [thing for thing in kube.kustomize(folder) if "config.yml" in thing.get("data", {})]
            self.assertRegex(config["metadata"]["name"], r"^sas-operation-exporter-[0-9a-z]{10}$")


if __name__ == "__main__":
    main()
