#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""deploy/prometheus: the rules are valid and pass their tests, each alert says what it must, has cases in which it fires and in
which it does not, and a runbook in both languages; what the rules name exists."""

import pathlib
import re
import subprocess
from typing import Iterator

import cpp
import verdicts
import yaml

FOLDER = pathlib.PurePath("deploy/prometheus")
RULE_FILES = ("alerts.yml", "recording.yml")
SEVERITIES = {"critical", "warning", "info"}
LANGUAGES = {".md": "README.md", ".zh-CN.md": "README.zh-CN.md"}  # a runbook's ending, and the index that names it
RUNBOOK = "https://runbooks.example/sas-operation-exporter/{}.md"
DASHBOARDS = ("https://grafana.example/d/sas-operation-checks?var-", "https://grafana.example/d/sas-operation-exporter?var-")
METRIC = re.compile(r"(?<![\w:])sas_operation_\w+(?![\w:])")
RECORD = re.compile(r"(?<![\w:])[a-zA-Z_]\w*(?::\w+)+")
# A block of code without a language, or code within a line.
SPAN = re.compile(r"^ *```\n(.*?)^ *```|(?<!`)`([^`\n]+)`(?!`)", re.DOTALL | re.MULTILINE)
QUERY = re.compile(r"(?:^|[\s(])(?:(?:\w+:)?sas_operation_\w+(?::\w+)?|up)\b")
COMMAND = re.compile(r"(?:aliyun|amtool|curl|deploy/|promtool|sas-operation-exporter)")
ROW = re.compile(r"^\| `(sas_operation_\w+)` \| (\w+) \|", re.MULTILINE)


def rules_of(file: pathlib.Path) -> list[dict]:
    return [rule for group in yaml.safe_load(file.read_text())["groups"] for rule in group["rules"]]


def alerts_of(file: pathlib.Path) -> dict[str, dict]:
    return {rule["alert"]: rule for rule in rules_of(file) if "alert" in rule}


def documented(root: pathlib.Path) -> set[str]:
    """Every name of a sample that the README's table of metrics promises."""
    section = (root / "README.md").read_text().split("\n## Metrics\n", 1)[-1].split("\n## ", 1)[0]
    names = set()
    for name, kind in ROW.findall(section):
        names |= {name + ending for ending in ("_bucket", "_count", "_sum")} if kind == "histogram" else {name}
    return names


def texts(alert: dict) -> dict[str, str]:
    return {**alert.get("labels", {}), **alert.get("annotations", {})}


def check_alerts(alerts: dict[str, dict]) -> Iterator[str]:
    for name, alert in alerts.items():
        said = texts(alert)
        if not re.fullmatch(r"Sas(?:[A-Z][a-z]+)+", name):
            yield f"{name}: an alert is called SasInCamelCase"
        for key in ("summary", "description"):
            if not said.get(key):
                yield f"{name}: has no {key}"
        if said.get("severity") not in SEVERITIES:
            yield f"{name}: its severity is none of {', '.join(sorted(SEVERITIES))}"
        if said.get("runbook_url") != RUNBOOK.format(name):
            yield f"{name}: its runbook_url is not {RUNBOOK.format(name)}"
        if not said.get("dashboard_url", "").startswith(DASHBOARDS):
            yield f"{name}: its dashboard_url begins with none of {', '.join(DASHBOARDS)}"


def check_names(file: pathlib.Path, metrics: set[str]) -> Iterator[str]:
    """A file has to do with the metrics and with what it records itself: nobody says that the other one is loaded too."""
    rules = rules_of(file)
    recorded = {rule["record"] for rule in rules if "record" in rule}
    for rule in rules:
        name = rule.get("alert") or rule["record"]
        for metric in sorted(set(METRIC.findall(" ".join([rule["expr"], *texts(rule).values()]))) - metrics):
            yield f"{file.name}: {name} asks for {metric}, which is not in the README's table"
        for record in sorted(set(RECORD.findall(rule["expr"])) - recorded):
            yield f"{file.name}: {name} asks for {record}, which {file.name} does not record"


def check_cases(alerts: dict[str, dict], tests: list[pathlib.Path]) -> Iterator[str]:
    cases: dict[str, set[bool]] = {name: set() for name in alerts}
    for file in tests:
        for test in yaml.safe_load(file.read_text())["tests"]:
            for case in test.get("alert_rule_test", []):
                if case["alertname"] not in cases:  # which promtool takes for an alert that does not fire
                    yield f"{file.name}: there is no alert {case['alertname']}"
                cases.setdefault(case["alertname"], set()).add(bool(case.get("exp_alerts")))
    for name in alerts:
        for fires, words in ((True, "in which it fires"), (False, "in which it does not fire")):
            if fires not in cases[name]:
                yield f"{name}: has no case {words} in {FOLDER}/tests"


def check_runbooks(alerts: dict[str, dict], folder: pathlib.Path) -> Iterator[str]:
    for ending, index in LANGUAGES.items():
        contents = (folder / index).read_text() if (folder / index).exists() else ""
        there = {path.name.split(".", 1)[0] for path in folder.glob("*.md") if path.name == path.name.split(".", 1)[0] + ending}
        for name in sorted(set(alerts) - there):
            yield f"{name}: has no runbook {name}{ending}"
        for name in sorted(there - set(alerts) - {"README"}):
            yield f"{name}{ending}: is the runbook of no alert"
        for name in alerts:
            if f"({name}{ending})" not in contents:
                yield f"{name}: {index} of the runbooks has no link to {name}{ending}"


def queries(text: str) -> Iterator[str]:
    for block, inline in SPAN.findall(text):
        for line in (block or inline).splitlines():
            if QUERY.search(line) and not COMMAND.match(line.strip()):
                yield line.strip()


def check_queries(folder: pathlib.Path, known: set[str], build: pathlib.Path) -> Iterator[str]:
    """What a runbook has people type in Prometheus: it parses, and asks for what is there."""
    build.mkdir(parents=True, exist_ok=True)
    for file in sorted(folder.glob("*.md")):
        found = list(queries(file.read_text()))
        for name in sorted({name for query in found for name in (*METRIC.findall(query), *RECORD.findall(query))} - known):
            yield f"{file.name}: asks for {name}, which nobody exports or records"
        rules = [{"record": f"query_{i}", "expr": query} for i, query in enumerate(found)]
        script = build / f"{file.stem}.yml"
        script.write_text(yaml.safe_dump({"groups": [{"name": file.name, "rules": rules}]}))
        for problem in run("promtool", "check", "rules", "--lint=none", str(script)):
            yield f"{file.name}: {problem}"


def check_alertmanager(alerts: dict[str, dict], file: pathlib.Path) -> Iterator[str]:
    for name in sorted(set(re.findall(r"\bSas[A-Z]\w+", file.read_text())) - set(alerts)):
        yield f"{file.name}: there is no alert {name}"


def run(*command: str) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True)
    return [] if done.returncode == 0 else [f"{' '.join(command)}:\n{done.stdout}{done.stderr}".rstrip()]


def check(root: pathlib.Path, build: pathlib.Path) -> list[str]:
    folder = root / FOLDER
    files = [folder / name for name in RULE_FILES]
    tests = sorted((folder / "tests").glob("*.yml"))
    problems = run("promtool", "check", "rules", "--lint=all", "--lint-fatal", *map(str, files))
    problems += run("promtool", "check", "config", "--syntax-only", str(folder / "prometheus.yml"))
    problems += run("amtool", "check-config", str(folder / "alertmanager.yml"))
    if problems:
        return problems
    alerts = alerts_of(files[0])
    if not alerts or not tests:
        return [f"found {len(alerts)} alerts and {len(tests)} files of tests"]
    metrics = documented(root)
    problems += check_alerts(alerts)
    for file in files:
        problems += check_names(file, metrics)
    problems += check_cases(alerts, tests)
    problems += check_runbooks(alerts, folder / "runbooks")
    records = {rule["record"] for file in files for rule in rules_of(file) if "record" in rule}
    problems += check_queries(folder / "runbooks", metrics | records, build / "runbooks")
    problems += check_alertmanager(alerts, folder / "alertmanager.yml")
    memory = verdicts.Verdicts(root, build / "rules", verdicts.version("promtool"), *(file.read_text() for file in files))
    return problems + memory.run({file: ["promtool", "test", "rules", str(file)] for file in tests}, folder)


if __name__ == "__main__":
    cpp.main_with_build(check)
