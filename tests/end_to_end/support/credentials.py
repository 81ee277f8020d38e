# SPDX-License-Identifier: Apache-2.0
"""A test of where keys come from: the environment and the home that the daemon sees are the test's own."""

import json
import os
import pathlib

from support.testcase import EndToEnd

ROLE = "acs:ram::1:role/reader"
PROVIDER_ARN = "acs:ram::1:oidc-provider/p"


class CredentialsTest(EndToEnd):
    def setUp(self) -> None:
        super().setUp()
        foreign = {n: v for n, v in os.environ.items() if n.startswith("ALIBABA_CLOUD_") or n == "HOME"}
        for name in foreign:
            del os.environ[name]
        self.addCleanup(os.environ.update, foreign)
        self.set_variable("HOME", str(self.directory))

    def set_variable(self, name: str, value: str) -> None:
        os.environ[name] = value
        self.addCleanup(os.environ.pop, name, None)

    def path(self, name: str) -> pathlib.Path:
        return self.directory / name

    def write(self, name: str, text: str, mode: int = 0o600) -> str:
        path = self.path(name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        return str(path)

    def write_profiles(self, name: str, *profiles: dict) -> str:
        """A configuration of the CLI, whose first profile is the current one."""
        return self.write(name, config_text(*profiles))


def config_text(*profiles: dict) -> str:
    named = [{"name": f"p{number}"} | profile for number, profile in enumerate(profiles)]
    return json.dumps({"current": named[0]["name"], "profiles": named})
