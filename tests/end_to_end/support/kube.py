# SPDX-License-Identifier: Apache-2.0
"""The manifests of deploy/kubernetes, as kubectl and helm make objects of them, and all that is wrong with such objects."""

import pathlib
import re
import subprocess
from typing import Callable

import yaml

from support import kube_rules, kube_types
from support.peers import ROOT

FOLDER = ROOT / "deploy" / "kubernetes"
CHART = FOLDER / "helm" / "sas-operation-exporter"
PROGRAMS = kube_types.PACKAGES / ".programs"


def run(program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
    """kubectl or helm. Neither has a cluster, nor the network."""
    if not (PROGRAMS / program).exists():
        raise AssertionError(f"{program} is not installed: run {kube_types.PACKAGES.parent / 'install.sh'}")
    environment = {"HOME": "/nonexistent", "PATH": "/usr/bin:/bin", "KUBECONFIG": "/nonexistent"}
    command = [str(PROGRAMS / program), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    if check and done.returncode != 0:
        raise AssertionError(f"{program} {' '.join(arguments)} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done


def objects(text: str) -> list[dict]:
    return [thing for thing in yaml.safe_load_all(text) if thing]


def kustomize(folder: pathlib.Path) -> list[dict]:
    return objects(run("kubectl", "kustomize", str(folder)).stdout)


def template(*arguments: str, release: str = "sas-operation-exporter", chart: pathlib.Path = CHART) -> list[dict]:
    return objects(run("helm", "template", release, str(chart), *arguments).stdout)


def problems(things: list[dict], serves: Callable[[str], bool]) -> list[str]:
    """All that is wrong, of types first: what has a wrong type is not looked at further."""
    return [each for thing in things for each in kube_types.problems(thing)] or list(kube_rules.problems(things, serves))


def one(things: list[dict], kind: str) -> dict:
    [found] = [thing for thing in things if thing["kind"] == kind]
    return found


def without_hash(name: str) -> str:
    """A name as it was before Kustomize put a hash of the content behind it."""
    return re.sub(r"-[0-9a-z]{10}$", "", name)
