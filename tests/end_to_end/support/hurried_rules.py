# SPDX-License-Identifier: Apache-2.0
"""The shipped rules for people who cannot wait: each documented threshold, window and `for` is replaced by one of seconds, and
nothing else is touched. What is to be replaced has to be there, as often as is said here: a rule that changes is noticed."""

import re
from typing import NamedTuple

import yaml
from support.peers import ROOT

SHIPPED = ROOT / "deploy" / "prometheus" / "alerts.yml"
RULE = re.compile(r"(?m)^      - (?:alert|record): (\S+)$")


class Hurry(NamedTuple):
    """In seconds."""

    stalled: int = 2
    not_started: int = 4
    running: int = 14
    expected: int = 60
    stale: int = 5
    lasts: int = 1  # every `for`
    poll_failing_lasts: int = 1
    window: int = 10  # of what is counted over minutes
    drift: int = 5


class Change(NamedTuple):
    old: str
    new: str
    times: int = 1


def changes(hurry: Hurry) -> dict[str, list[Change]]:
    """By the name of the rule."""
    lasts, window = f"{hurry.lasts}s", f"[{hurry.window}s]"
    return {
        "task:sas_operation_task_last_progress_timestamp_seconds:stalled": [Change(">= 1800", f">= {hurry.stalled}")],
        "task:sas_operation_task_created_timestamp_seconds:not_started": [Change(">= 1800", f">= {hurry.not_started}")],
        "task:sas_operation_task_started_timestamp_seconds:running_long": [Change(">= 21600", f">= {hurry.running}")],
        "task_type:sas_operation_tasks:expected_within_seconds": [Change("expr: 172800 *", f"expr: {hurry.expected} *")],
        "SasPollFailing": [Change("for: 5m", f"for: {hurry.poll_failing_lasts}s")],
        "SasDataStale": [Change("> 600", f"> {hurry.stale}"), Change("for: 5m", f"for: {lasts}")],
        "SasAuthenticationFailing": [Change("for: 3m", f"for: {lasts}")],
        "SasPermissionMissing": [Change("for: 3m", f"for: {lasts}")],
        "SasCredentialsExpiring": [Change("[2h:1m]", "[2h:1s]"), Change("for: 1m", f"for: {lasts}")],
        "SasContractDrift": [
            Change("(sas_operation_contract_violations_total[1h])", f"(sas_operation_contract_violations_total[{hurry.drift}s])"),
            Change("offset 1h", f"offset {hurry.drift}s"),
        ],
        "SasThrottled": [Change("[15m]", window, 2), Change("for: 10m", f"for: {lasts}")],
        "SasBudgetExhausted": [Change("[15m]", window), Change("for: 15m", f"for: {lasts}")],
        "SasTaskSeriesDropped": [Change("for: 10m", f"for: {lasts}")],
        "SasClockSkewed": [Change("for: 5m", f"for: {lasts}")],
        "SasExporterAbsent": [Change("for: 5m", f"for: {lasts}")],
        "SasConfigReloadFailed": [Change("for: 1m", f"for: {lasts}")],
        "SasNotificationsFailing": [Change("[15m]", window, 4), Change("for: 5m", f"for: {lasts}")],
        "SasStateFileFailing": [Change("[10m]", window, 2), Change("for: 5m", f"for: {lasts}")],
    }


def hurried_rules(hurry: Hurry | None = None) -> str:
    """The text of alerts.yml in a hurry."""
    wanted = changes(hurry or Hurry())
    pieces = RULE.split(SHIPPED.read_text())  # what is before the first rule, then names and bodies
    text = pieces[0]
    for name, body in zip(pieces[1::2], pieces[2::2]):
        head = body.partition("        labels:\n")[0]  # the condition and its `for`; words stay
        rest = body[len(head) :]
        for change in wanted.pop(name, []):
            found = head.count(change.old)
            assert found == change.times, f"{name}: {change.old!r} is there {found} times, not {change.times}"
            head = head.replace(change.old, change.new)
        text += f"      - {'record' if ':' in name else 'alert'}: {name}{head}{rest}"
    assert not wanted, f"{SHIPPED.name} has no {', '.join(wanted)}"
    for rule in (rule for group in yaml.safe_load(text)["groups"] for rule in group["rules"]):
        slow = rule.get("for", "0s")
        assert re.fullmatch(r"\d+s", slow), f"{rule.get('alert')}: nobody has hurried its `for: {slow}`"
    return text


def shipped_alerts() -> dict[str, dict]:
    """By name."""
    groups = yaml.safe_load(SHIPPED.read_text())["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"] if "alert" in rule}
