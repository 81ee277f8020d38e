# SPDX-License-Identifier: Apache-2.0
"""Schemas of Kubernetes' objects, and of the Prometheus operator's, as the API server judges them: closed, so that a field that is
not there is refused however deep it stands. They are read from the declarations of the npm packages kubernetes-models and
@kubernetes-models/prometheus-operator, which know each field, its type, its words and whether it is required."""

import functools
import pathlib
import re
from typing import Iterator

import jsonschema

from support.peers import ROOT

PACKAGES = ROOT / "tests" / "end_to_end" / "kubernetes" / "node_modules"
# Where the declarations of an apiVersion are. The packages have versions too that no cluster of today serves.
SERVED = {
    "v1": "kubernetes-models/v1",
    "apps/v1": "kubernetes-models/apps/v1",
    "networking.k8s.io/v1": "kubernetes-models/networking.k8s.io/v1",
    "policy/v1": "kubernetes-models/policy/v1",
    "monitoring.coreos.com/v1": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
}
# What their declarations call a string, or a number, and is more than that.
PATTERNS = {
    "Quantity": r"^[0-9]+(\.[0-9]+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$",
    "Duration": r"^(0|(([0-9]+)y)?(([0-9]+)w)?(([0-9]+)d)?(([0-9]+)h)?(([0-9]+)m)?(([0-9]+)s)?(([0-9]+)ms)?)$",
    "NonEmptyDuration": r"^(([0-9]+)(ms|[ywdhms]))+$",
}
WORDS = {
    "string": {"type": "string"},
    "number": {"type": "integer"},  # no object here has a field with fractions
    "boolean": {"type": "boolean"},
    "any": {},
    "unknown": {},
    "object": {"type": "object"},
}
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\w$.]+|[{}\[\]<>():;,?|=&]')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Tokens:
    def __init__(self, text: str) -> None:
        self.words = TOKEN.findall(text)
        self.at = 0

    def take(self, *wanted: str) -> str | None:
        """The next word if it is one of these, or whatever it is."""
        word = self.words[self.at] if self.at < len(self.words) else None
        if word is None or (wanted and word not in wanted):
            return None
        self.at += 1
        return word

    def expect(self, word: str) -> None:
        if self.take(word) is None:
            raise AssertionError(f"a declaration has {self.words[self.at - 8:self.at + 3]}, where {word} was expected")


class Declarations:
    """One file. Its types become definitions, named by file and type."""

    def __init__(self, file: pathlib.Path, schemas: "Schemas") -> None:
        self.file = file
        self.schemas = schemas
        self.text = COMMENT.sub("", file.read_text())
        self.origins = {}
        for names, where in re.findall(r'import \{([^}]*)\} from "([^"]+)"', self.text):
            self.origins |= {name.strip(): where for name in names.split(",")}
        self.aliases = {}
        for names in re.findall(r"export type \{([^}]*)\}", self.text):
            self.aliases |= {alias: name for name, alias in re.findall(r"(\w+) as (\w+)", names)}

    def refer(self, name: str) -> dict:
        if origin := self.origins.get(name):
            where = self.file.parent / origin if origin.startswith(".") else PACKAGES / origin
            where = where.resolve()
            return self.schemas.file(where.with_name(where.name.removesuffix(".js") + ".d.ts")).refer(name)
        name = self.aliases.get(name, name)
        key = f"{self.file.relative_to(PACKAGES)}:{name}".replace("/", ".")
        if key not in self.schemas.definitions:
            self.schemas.definitions[key] = {}  # it may refer to itself
            self.schemas.definitions[key] = self.declared(name)
        return {"$ref": f"#/definitions/{key}"}

    def declared(self, name: str) -> dict:
        if pattern := PATTERNS.get(name.removeprefix("I")):
            return {"anyOf": [{"type": "string", "pattern": pattern}, {"type": "integer"}]}
        if found := re.search(rf"export type {name} = ([^;]*);", self.text):
            return self.union(Tokens(found[1]))
        found = re.search(rf"export interface {name}(?: extends ([\w, ]+))? (\{{.*)", self.text, re.DOTALL)
        if not found:
            raise AssertionError(f"{self.file} declares no {name}")
        schema = self.members(Tokens(found[2]))
        for base in (found[1] or "").replace(" ", "").split(","):
            if base and base != "TypeMeta":
                inherited = self.schemas.resolve(self.refer(base))
                schema["properties"] = inherited["properties"] | schema["properties"]
                schema["required"] = sorted({*schema["required"], *inherited["required"]})
        return schema

    def members(self, tokens: Tokens) -> dict:
        tokens.expect("{")
        schema = {"type": "object", "properties": {}, "required": [], "additionalProperties": False}
        while tokens.take("}") is None:
            if tokens.take("["):
                while tokens.take("]") is None:
                    tokens.take()
                tokens.expect(":")
                schema["additionalProperties"] = self.union(tokens)
            else:
                name = str(tokens.take()).strip('"')
                if tokens.take("?") is None:
                    schema["required"].append(name)
                tokens.expect(":")
                schema["properties"][name] = self.union(tokens)
            tokens.take(";", ",")
        return schema

    def union(self, tokens: Tokens) -> dict:
        tokens.take("|")
        kinds = [self.single(tokens)]
        while tokens.take("|"):
            kinds.append(self.single(tokens))
        return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}

    def single(self, tokens: Tokens) -> dict:
        if tokens.words[tokens.at] == "{":
            return self.members(tokens)
        word = str(tokens.take())
        if word == "(":
            inner = self.union(tokens)
            tokens.expect(")")
            return inner
        if word.startswith('"'):
            return {"const": word.strip('"')}
        if word == "Array":
            tokens.expect("<")
            schema = {"type": "array", "items": self.union(tokens)}
            tokens.expect(">")
            return schema
        return WORDS[word] if word in WORDS else self.refer(word)


class Schemas:
    def __init__(self) -> None:
        self.definitions: dict[str, dict] = {}
        self.files: dict[pathlib.Path, Declarations] = {}

    def file(self, path: pathlib.Path) -> Declarations:
        if path not in self.files:
            self.files[path] = Declarations(path, self)
        return self.files[path]

    def resolve(self, schema: dict) -> dict:
        return self.definitions[schema["$ref"].removeprefix("#/definitions/")] if "$ref" in schema else schema

    @functools.cache
    def validator(self, api_version: str, kind: str) -> jsonschema.Draft7Validator:
        top = self.file(PACKAGES / SERVED[api_version] / f"{kind}.d.ts").refer(f"I{kind}")
        return jsonschema.Draft7Validator(top | {"definitions": self.definitions})


SCHEMAS = Schemas()


def problems(thing: dict) -> Iterator[str]:
    """What the API server would refuse of one object."""
    if not PACKAGES.exists():
        raise AssertionError(f"the types of Kubernetes' objects are not installed: run {PACKAGES.parent / 'install.sh'}")
    version, kind = str(thing.get("apiVersion")), str(thing.get("kind"))
    if version not in SERVED or not (PACKAGES / SERVED[version] / f"{kind}.d.ts").exists():
        yield f"{kind} of {version} is nothing that a cluster of today knows"
        return
    for error in SCHEMAS.validator(version, kind).iter_errors(thing):
        yield f"{kind} {thing.get('metadata', {}).get('name')}: {error.json_path}: {error.message[:200]}"
