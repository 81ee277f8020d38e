# SPDX-License-Identifier: Apache-2.0
"""A network of the test's own, where the cloud's fixed addresses are this machine's: the Security Token Service's names and
the metadata service's address. Nothing that runs in it reaches anything else, whatever machine it is on."""

import os
import pathlib
import subprocess
import sys
import tempfile

METADATA_ADDRESS = "100.100.100.200"
STS_HOSTS = ("sts.aliyuncs.com", "sts.cn-hangzhou.aliyuncs.com", "sts-vpc.cn-hangzhou.aliyuncs.com", "sts.example.com")
INSIDE = "SAS_OWN_NETWORK"
IS_INSIDE = INSIDE in os.environ


def enter() -> None:
    """Starts this program anew inside such a network, where the machine lets anybody have one."""
    if IS_INSIDE:
        _furnish()
        return
    unshare = ["unshare", "--net", "--mount"] + ([] if os.geteuid() == 0 else ["--user", "--map-root-user"])
    if subprocess.run([*unshare, "true"], capture_output=True).returncode == 0:
        os.environ[INSIDE] = "1"
        os.execvp(unshare[0], [*unshare, sys.executable, "-B", *sys.argv])


def _furnish() -> None:
    for command in (["link", "set", "lo", "up"], ["address", "add", f"{METADATA_ADDRESS}/32", "dev", "lo"]):
        subprocess.run(["ip", *command], check=True)
    with tempfile.NamedTemporaryFile("w", prefix="sas-hosts-") as hosts:
        hosts.write(f"127.0.0.1 localhost {' '.join(STS_HOSTS)}\n")
        hosts.flush()
        subprocess.run(["mount", "--bind", hosts.name, "/etc/hosts"], check=True)


def make_certificate(folder: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    """One for the names above, and its key. It is its own authority."""
    certificate, key = folder / "sts.pem", folder / "sts.key"
    names = ",".join(f"DNS:{host}" for host in STS_HOSTS)
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=sts", "-addext", f"subjectAltName={names}"]
    subprocess.run([*command, "-out", str(certificate), "-keyout", str(key)], check=True, capture_output=True)
    return certificate, key
