#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Every way in which the service is known, or may be feared, to misbehave: the daemon lives on, says in its metrics what it
met, and sees the whole list again as soon as it can. One test a scenario."""

import os
import re
from typing import NamedTuple

from support.peers import SCENARIOS
from support.testcase import EndToEnd, main
from support.wait import until

FAULTS = SCENARIOS / "faults"


class Expected(NamedTuple):
    """What a scenario must leave in the metrics."""

    codes: tuple[str, ...] = ()  # of api_requests_total, each at least once
    violations: tuple[str, ...] = ()  # fields of contract_violations_total, each at least once
    failed: bool | None = False  # whether a poll fails: it must (True), it must not (False), it may (None)
    incomplete: bool | None = False  # the same of incomplete polls


# What a retry mends, nobody else need notice.
MENDED = Expected(codes=("OK",))
PAGING = Expected(codes=("OK",), failed=None, incomplete=None)
EXPECTED = {
    "access-key-not-found": Expected(codes=("InvalidAccessKeyId.NotFound", "OK"), failed=True),
    "byte-order-mark": MENDED,
    "chunked": MENDED,
    "clock-skew": Expected(codes=("InvalidTimeStamp.Expired", "OK")),
    "close-after-answer": MENDED,
    "close-delimited": MENDED,
    "cut-json": Expected(codes=("not_json", "OK")),
    "dripping-body": MENDED,
    "duplicate-rows": PAGING,
    "empty-502": Expected(codes=("server", "OK")),
    "forbidden-ram": Expected(codes=("Forbidden.RAM", "OK"), failed=True),
    "gzip": MENDED,
    "hang": Expected(codes=("timeout", "OK"), failed=None, incomplete=None),
    "html-200": Expected(codes=("not_json", "OK")),
    "html-503": Expected(codes=("server", "OK")),
    "huge-body": Expected(codes=("OK",), failed=None, incomplete=None),
    "idle-connections-closed": MENDED,
    "missing-fields": Expected(violations=("FinishCount", "DetailTaskTotalCount", "CreateTime")),
    "missing-page-info": Expected(violations=("PageInfo",), failed=None, incomplete=None),
    "missing-processes": Expected(codes=("contract", "OK"), failed=None, incomplete=None),
    "moving-total": PAGING,
    "newline-ids": Expected(violations=("TaskId",)),
    "no-detail-permission": Expected(codes=("NoPermission", "OK")),
    "no-permission": Expected(codes=("NoPermission", "OK"), failed=True),
    "nonce-used": Expected(codes=("SignatureNonceUsed", "OK")),
    "null-processes": Expected(codes=("contract", "OK"), failed=None, incomplete=None),
    "nulls": Expected(violations=("TotalCount", "DetailTaskReadyCount")),
    "numbers-as-strings": Expected(violations=("StatusCode", "TotalCount", "CreateTime")),
    "param-illegal": Expected(codes=("CspmParamIllegal", "OK"), failed=True),
    "repeated-page": PAGING,
    "reset": Expected(codes=("transport", "OK")),
    "server-error": Expected(codes=("ServerError", "OK")),
    "service-unavailable": Expected(codes=("ServiceUnavailable", "OK")),
    "shifted-pages": PAGING,
    "signature-mismatch": Expected(codes=("SignatureDoesNotMatch", "OK"), failed=None, incomplete=None),
    "slow-answer": MENDED,
    "throttling-429": Expected(codes=("Throttling.User", "OK")),
    "timestamp-expired": Expected(codes=("InvalidTimeStamp.Expired", "OK"), failed=None, incomplete=None),
    "token-expired": Expected(codes=("InvalidSecurityToken.Expired", "OK"), failed=None, incomplete=None),
    "truncated-body": Expected(codes=("transport", "OK")),
    "two-at-once": MENDED,
    "unfinished-times-null": MENDED,
    "unfinished-times-planned": MENDED,
    "unfinished-times-zero": MENDED,
    "unknown-fields": MENDED,
    "unknown-source": Expected(violations=("TaskSource",)),
    "unknown-status": Expected(violations=("StatusCode",)),
    "unknown-type": Expected(violations=("TaskType",)),
    "wrong-content-length": Expected(codes=("OK",), failed=None, incomplete=None),
}
POLLS = 4  # complete ones, after which a scenario has shown what it can do


class Faults(EndToEnd):
    def survive(self, scenario: str, expected: Expected) -> None:
        simulator = self.simulator(f"faults/{scenario}")
        exporter = self.exporter(simulator, poll={"interval": "200ms", "idle_interval": "200ms"})
        self.await_evidence(exporter, expected)
        exporter.await_at_least(POLLS, "polls_total", result="complete")
        samples = exporter.await_value(1, "up", target="production")
        self.assertGreater(samples.total("tasks"), 0)
        for result, wanted in (("failed", expected.failed), ("incomplete", expected.incomplete)):
            count = samples.value("polls_total", target="production", result=result)
            if wanted is not None:
                self.assertEqual(count > 0, wanted, f"{count:.0f} polls were {result}")
        kinds = set(re.findall(r"kind: (\w+)", (FAULTS / f"{scenario}.yml").read_text()))
        until(lambda: kinds <= simulator.status()["faults"].keys(), f"{kinds} have struck")
        self.assertTrue(exporter.process.is_alive())
        self.assertEqual(exporter.get("/-/healthy").status, 200)

    def await_evidence(self, exporter, expected: Expected) -> None:
        def missing() -> list[str]:
            samples = exporter.scrape()
            codes = [code for code in expected.codes if not samples.total("api_requests_total", code=code)]
            fields = [name for name in expected.violations if not samples.total("contract_violations_total", field=name)]
            return codes + fields

        try:
            until(lambda: not missing(), "the metrics tell of it")
        except AssertionError as failure:
            raise AssertionError(f"{failure}: {missing()} is not in the metrics") from None

    def test_each_scenario_has_its_expectation(self) -> None:
        self.assertEqual({file.stem for file in FAULTS.glob("*.yml")}, set(EXPECTED))


def add_tests(share: int, shares: int) -> None:
    """One test for each scenario of this share; they wait more than they work, so ctest runs several shares beside each
    other."""
    for scenario, expected in list(EXPECTED.items())[share::shares]:

        def test(self: Faults, scenario: str = scenario, expected: Expected = expected) -> None:
            self.survive(scenario, expected)

        setattr(Faults, "test_" + scenario.replace("-", "_"), test)


add_tests(*(int(number) for number in os.environ.get("SAS_SHARE", "0/1").split("/")))

if __name__ == "__main__":
    main()
