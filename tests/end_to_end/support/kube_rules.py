# SPDX-License-Identifier: Apache-2.0
"""What must hold of Kubernetes' objects beyond their types: names and labels that the API server takes, Pod Security
`restricted`, and that everything that one object says of another is so."""

import re
from typing import Callable, Iterator

OURS = "sas-operation-exporter"
LABEL = r"[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?"
SUBDOMAIN = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
UNITS = {"m": 1e-3, "": 1, "k": 1e3, "M": 1e6, "G": 1e9, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
# A volume of the Pod Security Standard `restricted` is of one of these.
VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"}
POD_KINDS = ("Deployment", "Pod")


def title(thing: dict) -> str:
    return f"{thing['kind']} {thing['metadata'].get('name')}"


def amount(quantity: object) -> float:
    number, unit = re.fullmatch(r"([0-9.]+)([A-Za-z]*)", str(quantity)).groups()
    return float(number) * UNITS[unit]


def pod_of(thing: dict) -> dict:
    """The pod that an object has: {metadata, spec}."""
    return thing["spec"]["template"] if thing["kind"] == "Deployment" else thing


def labels_of(pod: dict) -> dict:
    return pod.get("metadata", {}).get("labels", {})


def containers_of(pod: dict) -> list[dict]:
    return pod["spec"].get("initContainers", []) + pod["spec"]["containers"]


def is_ours(container: dict) -> bool:
    return OURS in container["image"]


def chosen(things: list[dict], kinds: tuple[str, ...], wanted: dict, labels: Callable[[dict], dict]) -> list[dict]:
    return [thing for thing in things if thing["kind"] in kinds and wanted and wanted.items() <= labels(thing).items()]


def names(things: list[dict]) -> Iterator[str]:
    for thing in things:
        metadata = thing["metadata"]
        if not re.fullmatch(SUBDOMAIN, metadata.get("name", "")) or len(metadata["name"]) > 253:
            yield f"{title(thing)}: its name is none"
        where = [metadata] + ([pod_of(thing).get("metadata", {})] if thing["kind"] in POD_KINDS else [])
        for part in where:
            for key, value in part.get("labels", {}).items():
                if not re.fullmatch(rf"({SUBDOMAIN}/)?{LABEL}", key) or not re.fullmatch(rf"({LABEL})?", value):
                    yield f"{title(thing)}: the label {key}: {value} is none"
            for key in part.get("annotations", {}):
                if not re.fullmatch(rf"({SUBDOMAIN}/)?{LABEL}", key):
                    yield f"{title(thing)}: the annotation {key} is none"
        if thing["kind"] != "Secret" and not metadata.get("labels", {}).get("app.kubernetes.io/name"):
            yield f"{title(thing)}: has no label app.kubernetes.io/name"
    ids = [(thing["kind"], thing["metadata"].get("name")) for thing in things]
    yield from (f"{kind} {name} is there twice" for kind, name in sorted(set(ids)) if ids.count((kind, name)) > 1)


def pod_security(thing: dict) -> Iterator[str]:
    """https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted, and a read-only root file system."""
    pod = pod_of(thing)["spec"]
    shared = pod.get("securityContext", {})
    for field in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(field):
            yield f"{title(thing)}: {field}"
    for volume in pod.get("volumes", []):
        if not set(volume) - {"name"} <= VOLUMES:
            yield f"{title(thing)}: the volume {volume['name']} is of a kind that is not allowed"
    for container in containers_of(pod_of(thing)):
        own = container.get("securityContext", {})
        name = f"{title(thing)}: {container['name']}"
        if own.get("runAsNonRoot", shared.get("runAsNonRoot")) is not True:
            yield f"{name}: runAsNonRoot is not true"
        if own.get("runAsUser", shared.get("runAsUser", 1)) == 0:
            yield f"{name}: runs as root"
        if own.get("allowPrivilegeEscalation") is not False or own.get("privileged"):
            yield f"{name}: may gain privileges"
        if own.get("capabilities", {}).get("drop") != ["ALL"] or set(own["capabilities"].get("add", [])) - {"NET_BIND_SERVICE"}:
            yield f"{name}: does not drop ALL capabilities, or adds some"
        if own.get("seccompProfile", shared.get("seccompProfile", {})).get("type") not in ("RuntimeDefault", "Localhost"):
            yield f"{name}: has no seccompProfile"
        if own.get("readOnlyRootFilesystem") is not True:
            yield f"{name}: may write to its root file system"
        if any("hostPort" in port for port in container.get("ports", [])):
            yield f"{name}: has a hostPort"


def container_rules(thing: dict, container: dict, serves: Callable[[str], bool]) -> Iterator[str]:
    name = f"{title(thing)}: {container['name']}"
    ports = {port.get("name"): port["containerPort"] for port in container.get("ports", [])}
    for port in ports:
        if not re.fullmatch(r"(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*", str(port)) or len(port) > 15:
            yield f"{name}: the port's name {port} is none"
    for kind in ("startupProbe", "readinessProbe", "livenessProbe"):
        probe = container.get(kind)
        if probe is None:
            if is_ours(container) and not (kind == "readinessProbe" and "restartPolicy" in container):
                yield f"{name}: has no {kind}"
            continue
        handlers = {"httpGet", "exec", "tcpSocket", "grpc"} & probe.keys()
        if len(handlers) != 1:
            yield f"{name}: {kind} has {len(handlers)} handlers"
        elif "httpGet" in probe:
            if isinstance(probe["httpGet"]["port"], str) and probe["httpGet"]["port"] not in ports:
                yield f"{name}: {kind} asks a port that is not there: {probe['httpGet']['port']}"
            if is_ours(container) and not serves(probe["httpGet"]["path"]):
                yield f"{name}: {kind} asks for {probe['httpGet']['path']}, which the daemon does not serve"
    resources = container.get("resources", {})
    for resource in ("cpu", "memory"):
        if resource not in resources.get("requests", {}):
            yield f"{name}: requests no {resource}"
    if "memory" not in resources.get("limits", {}):
        yield f"{name}: its memory has no limit"
    for resource, limit in resources.get("limits", {}).items():
        if amount(resources.get("requests", {}).get(resource, 0)) > amount(limit):
            yield f"{name}: requests more {resource} than its limit"
    if re.search(r"(^[^:]+|:latest)$", container["image"].rpartition("/")[2]):
        yield f"{name}: the image {container['image']} may be any"
    for variable in container.get("env", []):
        if "secretKeyRef" in variable.get("valueFrom", {}):
            yield f"{name}: a secret is in the environment, as {variable['name']}"
    if container.get("envFrom"):
        yield f"{name}: takes over a whole environment"
    if container.get("restartPolicy") not in (None, "Always"):
        yield f"{name}: a sidecar has the restartPolicy Always"


def volumes(things: list[dict], thing: dict) -> Iterator[str]:
    pod = pod_of(thing)["spec"]
    there = {(each["kind"], each["metadata"]["name"]): each for each in things}
    declared = {volume["name"]: volume for volume in pod.get("volumes", [])}
    mounted: set[str] = set()
    for volume in declared.values():
        for kind, key, field in (
            ("ConfigMap", "configMap", "name"),
            ("Secret", "secret", "secretName"),
            ("PersistentVolumeClaim", "persistentVolumeClaim", "claimName"),
        ):
            if key in volume and (kind, volume[key][field]) not in there:
                yield f"{title(thing)}: mounts {kind} {volume[key][field]}, which is not there"
    for container in containers_of(pod_of(thing)):
        files = set()
        for mount in container.get("volumeMounts", []):
            mounted.add(mount["name"])
            volume = declared.get(mount["name"])
            if volume is None:
                yield f"{title(thing)}: {container['name']} mounts {mount['name']}, which is no volume of the pod"
            elif "configMap" in volume:
                content = there.get(("ConfigMap", volume["configMap"]["name"]), {}).get("data", {})
                files |= {f"{mount['mountPath']}/{name}" for name in content}
        for argument in container.get("args", []) if is_ours(container) else []:
            if argument.startswith("--config.file=") and argument.partition("=")[2] not in files:
                yield f"{title(thing)}: {argument} is in no ConfigMap that is mounted"
    yield from (f"{title(thing)}: nothing mounts {name}" for name in declared.keys() - mounted)
    if (account := pod.get("serviceAccountName")) and ("ServiceAccount", account) not in there:
        yield f"{title(thing)}: the ServiceAccount {account} is not there"
    if pod.get("automountServiceAccountToken") is not False:
        yield f"{title(thing)}: has a token for Kubernetes, which it needs for nothing"


def selectors(things: list[dict]) -> Iterator[str]:
    """Each selects something, and the ports that it names are there."""
    for thing in things:
        spec, kind = thing.get("spec", {}), thing["kind"]
        if kind == "Deployment":
            if not spec["selector"].get("matchLabels", {}).items() <= labels_of(spec["template"]).items():
                yield f"{title(thing)}: its selector does not select its own pods"
            continue
        wanted = {
            "Service": lambda: spec["selector"],
            "PodDisruptionBudget": lambda: spec["selector"]["matchLabels"],
            "NetworkPolicy": lambda: spec["podSelector"].get("matchLabels", {}),
            "PodMonitor": lambda: spec["selector"]["matchLabels"],
        }.get(kind)
        if wanted is None:
            continue
        pods = chosen(things, POD_KINDS, wanted(), lambda each: labels_of(pod_of(each)))
        if not pods:
            yield f"{title(thing)}: selects no pod"
        ports = {port["name"] for pod in pods for each in containers_of(pod_of(pod)) for port in each.get("ports", [])}
        asked = [port.get("targetPort") for port in spec.get("ports", [])]
        asked += [port.get("port") for rule in spec.get("ingress", []) for port in rule.get("ports", [])]
        asked += [endpoint.get("port") for endpoint in spec.get("podMetricsEndpoints", [])]
        for port in asked:
            if isinstance(port, str) and port not in ports:
                yield f"{title(thing)}: names the port {port}, which no pod of its has"


def monitors(things: list[dict], serves: Callable[[str], bool]) -> Iterator[str]:
    kinds = [thing["kind"] for thing in things]
    if "ServiceMonitor" in kinds and "PodMonitor" in kinds:
        yield "everything is scraped twice, by a ServiceMonitor and by a PodMonitor"
    for thing in things:
        endpoints = thing.get("spec", {}).get("endpoints", thing.get("spec", {}).get("podMetricsEndpoints", []))
        if thing["kind"] == "ServiceMonitor":
            wanted = thing["spec"]["selector"]["matchLabels"]
            services = chosen(things, ("Service",), wanted, lambda each: each["metadata"].get("labels", {}))
            if not services:
                yield f"{title(thing)}: selects no Service"
            ports = {port["name"] for service in services for port in service["spec"]["ports"]}
            for endpoint in endpoints:
                if endpoint["port"] not in ports:
                    yield f"{title(thing)}: names the port {endpoint['port']}, which its Service does not have"
        for endpoint in endpoints if thing["kind"] in ("ServiceMonitor", "PodMonitor") else []:
            if not serves(endpoint["path"]):
                yield f"{title(thing)}: scrapes {endpoint['path']}, which the daemon does not serve"


def problems(things: list[dict], serves: Callable[[str], bool]) -> Iterator[str]:
    """`things` are valid by their types and go to one namespace together; `serves` says whether the daemon knows a path."""
    yield from names(things)
    yield from selectors(things)
    yield from monitors(things, serves)
    for thing in things:
        if thing["kind"] in POD_KINDS:
            yield from pod_security(thing)
            yield from volumes(things, thing)
            for container in containers_of(pod_of(thing)):
                yield from container_rules(thing, container, serves)
