#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The simulated service takes the official client's calls, and refuses what it must in words that client understands. So what
the daemon is tested against is not just our own reading of the signature."""

import urllib.parse
import uuid

from support.official import ask
from support.peers import ACCESS_KEY_SECRET, Simulator
from support.testcase import EndToEnd, main

LIST, DETAIL = "ListOperationProcess", "ListOperationProcessDetail"
TOKEN = "CAIS+t0ken/of=a role=="
HOUR = 3_600_000  # in ms
GAUGES = {
    "task_status_code": "StatusCode",
    "task_items": "TotalCount",
    "task_items_finished": "FinishCount",
    "task_subtasks": "DetailTaskTotalCount",
    "task_subtasks_ready": "DetailTaskReadyCount",
}
THROTTLED = {"maxAttempts": 50, "exception": ["ThrottlingError"], "errorCode": []}
RETRIES = {"retryable": True, "retryCondition": [THROTTLED], "noRetryCondition": []}  # off unless asked for


def wanted(action: str = LIST, headers: dict | None = None, **query: object) -> dict:
    return {"action": action, "query": query, "headers": headers or {}}


class OfficialClient(EndToEnd):
    def frozen(self, scenario: str = "busy-day", *access_keys: str) -> Simulator:
        """A service where no time passes, so that whoever asks sees the same."""
        return self.simulator(scenario, time_scale=0, access_keys=access_keys)

    def ask(self, simulator: Simulator, *calls: dict, **config: object) -> list[dict]:
        return ask(simulator, *calls, home=self.directory, **config)

    def bodies(self, simulator: Simulator, *calls: dict, **config: object) -> list[dict]:
        answers = self.ask(simulator, *calls, **config)
        for call, answer in zip(calls, answers):
            self.assertEqual(answer.get("status"), 200, f"{call}: {answer}")
        return [answer["body"] for answer in answers]

    def code(self, simulator: Simulator, call: dict, **config: object) -> tuple[str, str, int]:
        """What the official client's error says; it must name the request that the service answered so."""
        error = self.ask(simulator, call, **config)[0]["error"]
        answered = simulator.answered()[-1]
        self.assertEqual((error["code"], error["request_id"]), (answered["code"], answered["request_id"]))
        return error["name"], error["code"], error["status"]

    def test_pages_filters_and_arrays(self) -> None:
        simulator = self.frozen()
        whole = self.bodies(simulator, wanted(PageSize=100), wanted(PageSize=100, CurrentPage=2))
        rows = whole[0]["Processes"] + whole[1]["Processes"]
        now = simulator.answered()[0]["simulated_now"]
        ids = [row["TaskId"] for row in rows[:12]]  # TaskIds.10 is signed before TaskIds.2
        third, ended, checks, recent, some = self.bodies(
            simulator,
            wanted(PageSize=7, CurrentPage=3),
            wanted(PageSize=100, StatusCodes=[2, 3], TaskSources=["YAO_CHI"]),
            wanted(PageSize=100, TaskTypes=["CHECK_ALL", "CHECK_SCHEDULE"]),
            wanted(PageSize=100, StartTime=now - HOUR, EndTime=now),
            wanted(PageSize=100, TaskIds=ids),
        )
        self.assertEqual(whole[0]["PageInfo"]["Count"], 100)
        self.assertEqual(third["Processes"], rows[14:21])
        self.assertEqual({row["StatusCode"] for row in ended["Processes"]}, {2, 3})
        self.assertEqual({row["TaskType"] for row in checks["Processes"]}, {"CHECK_ALL", "CHECK_SCHEDULE"})
        self.assertEqual(
            [row["TaskId"] for row in recent["Processes"]],
            [row["TaskId"] for row in rows if row["CreateTime"] >= now - HOUR and row.get("EndTime", now + 1) <= now],
        )
        self.assertEqual(some["Processes"], rows[:12])

    def test_subtasks_of_a_task(self) -> None:
        simulator = self.frozen()
        task = self.bodies(simulator, wanted(TaskTypes=["CHECK_ALL"], StatusCodes=[2]))[0]["Processes"][0]
        subtasks = self.bodies(
            simulator, wanted(DETAIL, TaskIds=[task["TaskId"]], Lang="en", StatusCodes=[2, 4], PageSize=100, CurrentPage=1)
        )[0]["ProcessDetails"]
        self.assertEqual(len(subtasks), task["DetailTaskTotalCount"])
        self.assertEqual({row["TaskId"] for row in subtasks}, {task["TaskId"]})

    def test_values_that_are_hard_to_sign(self) -> None:
        """The official client sends `*!'()` as they are and signs them encoded, so the service has to encode anew."""
        simulator = self.frozen()
        odd = ["*!'()~-._", " +&=%/?#\t\n", "", "任务 é́😀", "a" * 2000]
        for body in self.bodies(simulator, wanted(TaskIds=odd), wanted(DETAIL, TaskIds=odd)):
            self.assertEqual(body["PageInfo"]["TotalCount"], 0)
        read = urllib.parse.parse_qsl(simulator.answered()[0]["query"], keep_blank_values=True)
        self.assertEqual([value for _, value in sorted(read)], odd)

    def test_a_temporary_key(self) -> None:
        simulator = self.frozen("busy-day", f"STS.role:another:{TOKEN}")
        role = {"accessKeyId": "STS.role", "accessKeySecret": "another"}
        body = self.bodies(simulator, wanted(StatusCodes=[1]), **role, securityToken=TOKEN)[0]
        self.assertEqual(body, self.bodies(simulator, wanted(StatusCodes=[1]))[0] | {"RequestId": body["RequestId"]})
        mismatch = "InvalidSecurityToken.MismatchWithAccessKey"
        self.assertEqual(self.code(simulator, wanted(), **role, securityToken="another"), ("ClientError", mismatch, 400))
        self.assertEqual(self.code(simulator, wanted(), securityToken=TOKEN), ("ClientError", mismatch, 400))
        self.assertEqual(self.code(simulator, wanted(), **role), ("ClientError", "MissingSecurityToken", 400))

    def test_what_is_refused(self) -> None:
        simulator = self.frozen()
        for code, status, call, config in (
            ("SignatureDoesNotMatch", 400, wanted(), {"accessKeySecret": ACCESS_KEY_SECRET + " "}),
            ("InvalidAccessKeyId.NotFound", 404, wanted(), {"accessKeyId": "nobody"}),
            ("InvalidTimeStamp.Expired", 400, wanted(headers={"x-acs-date": "2026-01-02T03:04:05Z"}), {}),
            ("InvalidTimeStamp.Format", 400, wanted(headers={"x-acs-date": "2026-01-02 03:04:05"}), {}),
            ("InvalidApi.NotFound", 404, wanted("ListOperations"), {}),
            ("CspmParamIllegal", 400, wanted(PageSize="many"), {}),
            ("CspmParamIllegal", 400, wanted(DETAIL), {}),
        ):
            with self.subTest(code):
                self.assertEqual(self.code(simulator, call, **config), ("ClientError", code, status))

    def test_a_nonce_is_good_for_one_call(self) -> None:
        simulator = self.frozen()
        again = {"x-acs-signature-nonce": uuid.uuid4().hex}
        first, second, third = self.ask(simulator, wanted(headers=again), wanted(headers=again), wanted())
        self.assertEqual(first.get("status"), 200)
        self.assertEqual((second["error"]["code"], second["error"]["status"]), ("SignatureNonceUsed", 400))
        self.assertEqual(third.get("status"), 200)

    def test_a_service_that_asks_for_a_pause(self) -> None:
        """The official client reads how long from the header, and the header in which it counts its tries is signed."""
        simulator = self.frozen("faults/throttling-429")
        calls = [wanted() for _ in range(4)]
        refused = [answer["error"] for answer in self.ask(simulator, *calls) if "error" in answer]
        self.assertTrue(refused)
        for error in refused:
            self.assertEqual((error["name"], error["status"], error["retry_after"]), ("ThrottlingError", 429, 300))
        before = len(simulator.answered())
        self.bodies(simulator, *calls, retryOptions=RETRIES)
        codes = [request["code"] for request in simulator.answered()[before:]]
        self.assertGreater(len(codes), len(calls))
        self.assertEqual(codes.count("OK"), len(calls))

    def queries(self, simulator: Simulator) -> list[str]:
        """Of the calls that got a page: whoever calls too often in a second has to call again."""
        return [request["query"] for request in simulator.answered() if request["code"] == "OK"]

    def test_the_daemon_is_given_the_same_pages(self) -> None:
        """The calls that the daemon made, made again by the official client: the same on the wire, and in the answers what
        the daemon exports."""
        simulator = self.frozen()
        exporter = self.exporter(simulator, poll={"page_size": 60})
        samples = exporter.await_value(1, "up")
        exporter.process.stop()
        asked = self.queries(simulator)
        calls = [wanted(**dict(urllib.parse.parse_qsl(query))) for query in asked]
        pages = self.bodies(simulator, *calls, retryOptions=RETRIES)
        rows = {row["TaskId"]: row for page in pages for row in page["Processes"]}
        again = self.queries(simulator)[len(asked) :]
        self.assertEqual([sorted(query.split("&")) for query in again], [sorted(query.split("&")) for query in asked])
        self.assertIn("CurrentPage=2", "&".join(asked))

        exported = {sample.labels["task_id"] for sample in samples.find("task_info")}
        active = {task for task, row in rows.items() if row["StatusCode"] in (0, 1)}
        self.assertTrue(active)
        self.assertLessEqual(active, exported)
        for task in exported:
            for metric, field in GAUGES.items():
                self.assertEqual(samples.value(metric, task_id=task), rows[task].get(field), f"{metric} of {task}")


if __name__ == "__main__":
    main()
