# SPDX-License-Identifier: Apache-2.0
"""Mistakes in Kubernetes' objects, each with the words that tell of it: planted one at a time into good ones, none may pass."""

import copy
import re
from typing import Callable

from support.kube import one

Change = Callable[[list[dict]], object]


def deployment(things: list[dict]) -> dict:
    return one(things, "Deployment")["spec"]


def pod(things: list[dict]) -> dict:
    return deployment(things)["template"]["spec"]


def container(things: list[dict]) -> dict:
    return pod(things)["containers"][0]


def spec(things: list[dict], kind: str) -> dict:
    return one(things, kind)["spec"]


# Of types: the API server refuses them.
TYPES: dict[str, tuple[Change, str]] = {
    "a misspelt field": (lambda t: deployment(t).update(replica=1), r"'replica' was unexpected"),
    "a misspelt field deep inside": (
        lambda t: container(t)["livenessProbe"]["httpGet"].update(Path="/"), r"livenessProbe\.httpGet: .*'Path' was unexpected"),
    "a field in the wrong place": (
        lambda t: pod(t)["securityContext"].update(readOnlyRootFilesystem=True), r"securityContext: .*was unexpected"),
    "a text for a number": (lambda t: deployment(t).update(replicas="1"), r"replicas: '1' is not of type 'integer'"),
    "a number for a text": (lambda t: container(t).update(image=1), r"image: 1 is not of type 'string'"),
    "a number for a label": (
        lambda t: one(t, "Service")["metadata"]["labels"].update(tier=1), r"labels.*1 is not of type 'string'"),
    "a fraction for a whole number": (lambda t: container(t)["startupProbe"].update(periodSeconds=1.5), r"periodSeconds"),
    "a list for a map": (lambda t: pod(t).update(nodeSelector=["linux"]), r"nodeSelector: .*not of type 'object'"),
    "a container without a name": (lambda t: container(t).pop("name"), r"'name' is a required property"),
    "a Deployment without a selector": (lambda t: deployment(t).pop("selector"), r"'selector' is a required property"),
    "a word that there is not": (lambda t: container(t).update(imagePullPolicy="Sometimes"), r"imagePullPolicy"),
    "another word that there is not": (lambda t: deployment(t)["strategy"].update(type="Recreated"), r"strategy\.type"),
    "a protocol that there is not": (lambda t: spec(t, "Service")["ports"][0].update(protocol="HTTP"), r"protocol"),
    "a policy of a type that there is not": (
        lambda t: spec(t, "NetworkPolicy").update(policyTypes=["Inbound"]), r"policyTypes\[0\]: 'Inbound'"),
    "an old apiVersion": (lambda t: one(t, "Deployment").update(apiVersion="apps/v1beta1"), r"nothing that a cluster of today"),
    "an apiVersion of another kind": (lambda t: one(t, "Service").update(apiVersion="apps/v1"), r"nothing that a cluster"),
    "a misspelt kind": (lambda t: one(t, "Service").update(kind="Servce"), r"nothing that a cluster of today knows"),
    "a quantity that is none": (lambda t: container(t)["resources"]["limits"].update(memory="256 MB"), r"limits\.memory"),
    "a quantity with an unknown unit": (lambda t: container(t)["resources"]["requests"].update(cpu="10milli"), r"requests\.cpu"),
    "an operator's field misspelt": (
        lambda t: spec(t, "ServiceMonitor")["endpoints"][0].update(intervall="30s"), r"'intervall' was unexpected"),
    "an operator's duration that is none": (
        lambda t: spec(t, "ServiceMonitor")["endpoints"][0].update(interval="half a minute"), r"interval"),
    "a rule without an expression": (
        lambda t: spec(t, "PrometheusRule")["groups"][0]["rules"][0].pop("expr"), r"'expr' is a required property"),
    "a rule with a misspelt field": (
        lambda t: spec(t, "PrometheusRule")["groups"][0]["rules"][0].update(annotation={}), r"'annotation' was unexpected"),
}  # fmt: skip

# Of what objects say of each other and of the daemon, and of what a pod may do: most of it no API server would notice.
RULES: dict[str, tuple[Change, str]] = {
    "a label's value that is none": (
        lambda t: one(t, "Service")["metadata"]["labels"].update(tier="a b"), r"label tier: a b is none"),
    "a name that is none": (lambda t: one(t, "Service")["metadata"].update(name="Exporter_1"), r"its name is none"),
    "an object twice": (lambda t: t.append(one(t, "Service")), r"is there twice"),
    "a selector that misses its own pods": (
        lambda t: deployment(t)["selector"]["matchLabels"].update({"app.kubernetes.io/name": "other"}), r"not select its own pods"),
    "a Service of nobody": (lambda t: spec(t, "Service")["selector"].update(tier="web"), r"Service .*: selects no pod"),
    "a Service's port that no pod has": (
        lambda t: spec(t, "Service")["ports"][0].update(targetPort="metric"), r"names the port metric, which no pod"),
    "a budget of nobody": (
        lambda t: spec(t, "PodDisruptionBudget")["selector"]["matchLabels"].update(tier="web"), r"PodDisruptionBudget .*: selects no"),
    "a policy for nobody": (
        lambda t: spec(t, "NetworkPolicy")["podSelector"]["matchLabels"].update(tier="web"), r"NetworkPolicy .*: selects no pod"),
    "a policy's port that no pod has": (
        lambda t: spec(t, "NetworkPolicy")["ingress"][0]["ports"][0].update(port="http"), r"names the port http"),
    "a monitor of nobody": (
        lambda t: spec(t, "ServiceMonitor")["selector"]["matchLabels"].update(tier="web"), r"selects no Service"),
    "a monitor's port that no Service has": (
        lambda t: spec(t, "ServiceMonitor")["endpoints"][0].update(port="http"), r"which its Service does not have"),
    "a monitor's path that is none": (
        lambda t: spec(t, "ServiceMonitor")["endpoints"][0].update(path="/metric"), r"scrapes /metric, which"),
    "a probe's path that is none": (
        lambda t: container(t)["livenessProbe"]["httpGet"].update(path="/healthz"), r"asks for /healthz, which the daemon"),
    "a probe's port that is none": (
        lambda t: container(t)["readinessProbe"]["httpGet"].update(port="web"), r"asks a port that is not there: web"),
    "no readiness": (lambda t: container(t).pop("readinessProbe"), r"has no readinessProbe"),
    "a ConfigMap that is not there": (
        lambda t: t.remove(one([x for x in t if "config.yml" in x.get("data", {})], "ConfigMap")), r"mounts ConfigMap .*not there"),
    "a configuration that is not mounted": (
        lambda t: container(t)["args"].__setitem__(0, "--config.file=/etc/config.yml"), r"is in no ConfigMap that is mounted"),
    "a mount of no volume": (
        lambda t: container(t)["volumeMounts"][0].update(name="configuration"), r"which is no volume of the pod"),
    "a ServiceAccount that is not there": (lambda t: t.remove(one(t, "ServiceAccount")), r"ServiceAccount .* is not there"),
    "a token for Kubernetes": (lambda t: pod(t).update(automountServiceAccountToken=True), r"has a token for Kubernetes"),
    "root": (lambda t: pod(t)["securityContext"].update(runAsUser=0), r"runs as root"),
    "maybe root": (lambda t: pod(t)["securityContext"].pop("runAsNonRoot"), r"runAsNonRoot is not true"),
    "no seccomp": (lambda t: pod(t)["securityContext"].pop("seccompProfile"), r"has no seccompProfile"),
    "a capability": (
        lambda t: container(t)["securityContext"]["capabilities"].update(add=["SYS_ADMIN"]), r"or adds some"),
    "a way to more privileges": (
        lambda t: container(t)["securityContext"].pop("allowPrivilegeEscalation"), r"may gain privileges"),
    "a root file system to write to": (
        lambda t: container(t)["securityContext"].update(readOnlyRootFilesystem=False), r"may write to its root"),
    "the node's files": (
        lambda t: pod(t)["volumes"][0].update(hostPath={"path": "/"}), r"is of a kind that is not allowed"),
    "the node's network": (lambda t: pod(t).update(hostNetwork=True), r"hostNetwork"),
    "a port of the node": (lambda t: container(t)["ports"][0].update(hostPort=10973), r"has a hostPort"),
    "any image": (lambda t: container(t).update(image="sas-operation-exporter:latest"), r"may be any"),
    "no limit of memory": (lambda t: container(t)["resources"]["limits"].pop("memory"), r"its memory has no limit"),
    "more asked than allowed": (
        lambda t: container(t)["resources"]["requests"].update(memory="1Gi"), r"requests more memory than its limit"),
    "a secret in the environment": (
        lambda t: container(t)["env"].append(
            {"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "key", "key": "secret"}}}), r"a secret is in the environment"),
}  # fmt: skip


def plant(things: list[dict], change: Change) -> list[dict]:
    planted = copy.deepcopy(things)
    change(planted)
    return planted


def is_told(found: list[str], words: str) -> bool:
    return any(re.search(words, problem) for problem in found)
