#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The JSON schema for editors says what check-config says, but for what it cannot know: each such case has its reason."""

import json
import os
import re
import subprocess

import jsonschema
from support import schema_cases, yaml_core
from support.peers import EXPORTER, ROOT
from support.testcase import EndToEnd, main

CONFIG = ROOT / "config"
DEFAULT = CONFIG / "sas-operation-exporter.yml"


class Schema(EndToEnd):
    def setUp(self) -> None:
        super().setUp()
        printed = subprocess.run([str(EXPORTER), "--print-config-schema"], capture_output=True, text=True, check=True).stdout
        self.schema = json.loads(printed)
        self.validator = jsonschema.Draft7Validator(self.schema)

    def check_config(self, text: str, **variables: str) -> str:
        """What the daemon says against it; nothing where it takes it."""
        file = self.directory / "config.yml"
        file.write_text(text)
        command = [str(EXPORTER), "check-config", f"--config.file={file}"]
        (self.directory / "web.yml").touch()
        environment = os.environ | {"A": "a"} | variables
        run = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=self.directory)
        self.assertEqual(run.returncode, 2 if run.stderr else 0, text)
        return run.stderr

    def editor(self, text: str) -> str:
        """What an editor with the schema says."""
        errors = self.validator.iter_errors(yaml_core.load(text))
        return "\n".join(f"{'.'.join(map(str, error.absolute_path))}: {error.message}" for error in errors)

    def agree(self, text: str, is_good: bool, **variables: str) -> None:
        with self.subTest(text):
            self.assertEqual((self.check_config(text, **variables) == "", self.editor(text) == ""), (is_good, is_good), self.editor(text))

    def test_the_schema_is_one(self) -> None:
        jsonschema.Draft7Validator.check_schema(self.schema)

    def test_good_documents_are_good_to_both(self) -> None:
        for text in schema_cases.GOOD:
            self.agree(text, True)

    def test_bad_documents_are_bad_to_both(self) -> None:
        self.assertGreater(len(schema_cases.BAD), 30)
        for text in schema_cases.BAD:
            self.agree(text, False)

    def test_what_only_one_of_them_knows_has_a_reason(self) -> None:
        for text, reason in schema_cases.ONLY_THE_DAEMON_REFUSES:
            with self.subTest(text, reason=reason):
                self.assertNotEqual(self.check_config(text), "")
                self.assertEqual(self.editor(text), "")
        for text, reason in schema_cases.ONLY_THE_SCHEMA_REFUSES:
            with self.subTest(text, reason=reason):
                self.assertEqual(self.check_config(text), "")
                self.assertNotEqual(self.editor(text), "")

    def test_what_the_parser_refuses_for_its_words_is_refused(self) -> None:
        """The unit tests' own collection of mistakes, each of which shows one kind."""
        beyond = {  # what the schema cannot know; the reasons stand in schema_cases
            "duplicate-target-names", "duplicate-keys", "idle-faster-than-active",
            "alias-of-itself", "colon-without-quotes", "second-document", "tab-indentation", "unclosed-list",  # is no YAML
        }  # fmt: skip
        files = sorted((ROOT / "tests" / "data" / "settings").glob("*.yml"))
        self.assertGreater(len(files), 20)
        for file in files:
            if file.stem not in beyond:
                self.agree(file.read_text(), False)

    def test_examples_are_good_to_both(self) -> None:
        files = sorted(set((CONFIG / "examples").glob("*.yml")) - {CONFIG / "examples" / "web-config.yml"})  # of another format
        self.assertTrue(files)
        for file in files:
            text = file.read_text()
            self.agree(text, True, **{name: "value" for name in re.findall(r"\$\{(\w+)\}", text)})

    def uncommented(self) -> str:
        """The shipped default, each key of which has lost its #."""
        return re.sub(r"#(?=[^ ])", "", DEFAULT.read_text())

    def test_the_default_with_all_its_keys_is_good_to_both(self) -> None:
        text = self.uncommented()
        self.assertIn("\n  interval: 30s\n", text)
        self.agree(text, True)

    def test_each_key_of_the_good_documents_is_in_the_schema_and_each_of_the_schema_in_them(self) -> None:
        used = set()
        for text in [*schema_cases.GOOD, self.uncommented()]:
            used |= set(paths_of(yaml_core.load(text)))
        self.assertEqual(used, set(paths_in(self.schema)))

    def test_defaults_are_good(self) -> None:
        def walk(schema: dict) -> None:
            if "default" in schema:
                told = list(jsonschema.Draft7Validator(schema | {"definitions": self.schema["definitions"]}).iter_errors(schema["default"]))
                self.assertEqual(told, [], schema)
            for below in [*schema.get("properties", {}).values(), *filter(None, [schema.get("items")])]:
                walk(below)

        walk(self.schema)

    def test_the_shipped_default_names_the_schema_where_it_is_installed(self) -> None:
        first = DEFAULT.read_text().splitlines()[0]
        match = re.fullmatch(r"# yaml-language-server: \$schema=/usr/share/(\S+)", first)
        self.assertTrue(match, first)
        install = ["cmake", "--install", str(EXPORTER.parents[1]), "--prefix", "/usr"]
        subprocess.run(install, env=os.environ | {"DESTDIR": str(self.directory)}, stdout=subprocess.DEVNULL, check=True)
        self.assertEqual(json.loads((self.directory / "usr" / "share" / match[1]).read_text()), self.schema)


def paths_of(document: object, here: str = "") -> list[str]:
    """Each key of a document, by its path: `targets[].name`."""
    if isinstance(document, dict):
        below = [(f"{here}.{key}".lstrip("."), value) for key, value in document.items()]
        return [path for key, value in below for path in [key, *paths_of(value, key)]]
    if isinstance(document, list):
        return [path for element in document for path in paths_of(element, here + "[]")]
    return []


def paths_in(schema: dict, here: str = "") -> list[str]:
    """The same of a schema."""
    if "items" in schema:
        return paths_in(schema["items"], here + "[]")
    below = [(f"{here}.{key}".lstrip("."), value) for key, value in schema.get("properties", {}).items()]
    return [path for key, value in below for path in [key, *paths_in(value, key)]]


if __name__ == "__main__":
    main()
