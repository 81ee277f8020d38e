#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Sinks that send something: what they send, to whom, again after a crash; and that none of them holds up polling or another
one, whatever becomes of its receiver."""

import collections
import json
import signal

import jsonschema

from support.leaks import leaks
from support.peers import ROOT, Exporter, Simulator
from support.receivers import DingTalk, FakeAlertmanager, Feishu, Receiver, Webhook
from support.testcase import EndToEnd, main
from support.wait import until

SCHEMA = json.loads((ROOT / "config" / "webhook.schema.json").read_text())
RUNBOOKS = "https://runbooks.example.com/"


def webhook(receiver: Receiver, **changes: object) -> dict:
    return {"type": "webhook", "name": "hook", "url": f"{receiver.url}/in", "format": "json"} | changes


class SinksTest(EndToEnd):
    def busy(self) -> Simulator:
        """Tasks time out in it, soon and again and again."""
        return self.simulator("timeouts", time_scale=120)

    def watch(self, simulator: Simulator, *sinks: dict, **changes: object) -> Exporter:
        """The simulated times run ahead of the clock, which would be told as a drift of the contract."""
        alerts = {"sinks": [{"type": "log", "name": "log"}, *sinks], "runbook_url": RUNBOOKS, "contract_drift_for": "0s"}
        return self.exporter(simulator, alerts=alerts, **changes)

    def await_told(self, receiver: Receiver, wanted: int) -> None:
        until(lambda: len(receiver.told) >= wanted, f"{wanted} requests have been taken")

    def await_asked(self, receiver: Receiver, more: int) -> None:
        wanted = len(receiver.asked) + more
        until(lambda: len(receiver.asked) >= wanted, f"{more} more requests come in")


class Formats(SinksTest):
    def test_json_is_as_the_schema_says(self) -> None:
        receiver = Webhook(self)
        exporter = self.watch(self.busy(), webhook(receiver, transitions=True))
        until(lambda: ("timed_out", "firing") in {(alert[0], alert[2]) for alert in receiver.alerts()}, "an alert comes")
        until(lambda: any("transition" in event for event in receiver.events()), "a transition comes")
        validator = jsonschema.Draft202012Validator(SCHEMA)
        for told in receiver.told:
            self.assertEqual([error.message for error in validator.iter_errors(told.json())], [], told.body)
            self.assertEqual(told.headers["idempotency-key"], told.json()["key"])
            self.assertEqual(told.headers["content-type"], "application/json")
        keys = receiver.keys()
        self.assertEqual(len(keys), len(set(keys)), "each once")
        timed_out = [event for event in receiver.events() if event.get("alert", {}).get("name") == "timed_out"]
        self.assertEqual(timed_out[0]["alert"]["runbook_url"], f"{RUNBOOKS}SasTaskTimedOut.md")
        exporter.await_at_least(len(keys), "notifications_total", sink="hook", result="ok")

    def test_transitions_come_only_where_they_are_wanted(self) -> None:
        receiver = Webhook(self)
        self.watch(self.busy(), webhook(receiver))
        self.await_told(receiver, 3)
        self.assertTrue(all("alert" in event for event in receiver.events()))

    def test_the_robots_of_the_chat_services_believe_it(self) -> None:
        dingtalk, feishu = DingTalk(self, "SEC-dingtalk-s3cret"), Feishu(self, "feishu-s3cret-of-the-bot")
        exporter = self.watch(
            self.busy(),
            webhook(dingtalk, name="ding", url=f"{dingtalk.url}/robot/send?access_token=x", format="dingtalk",
                    secret=dingtalk.secret),
            webhook(feishu, name="fei", format="feishu", secret=feishu.secret),
        )  # fmt: skip
        for robot in (dingtalk, feishu):
            until(lambda robot=robot: "SasTaskTimedOut, warning, firing" in robot.texts(), "the robot tells of a time-out")
            self.assertIn("timed out", robot.texts())
            self.assertEqual(len(robot.told), len(robot.asked), "none was refused")
        self.assertEqual(dingtalk.told[0].query["access_token"], "x")
        self.assertEqual(exporter.scrape().total("notifications_total", sink="ding", result="dropped"), 0)

    def test_a_robot_with_another_secret_refuses_and_that_is_seen(self) -> None:
        dingtalk = DingTalk(self, "SEC-dingtalk-s3cret")
        exporter = self.watch(self.busy(), webhook(dingtalk, format="dingtalk", secret="another-s3cret"))
        exporter.await_at_least(1, "notifications_total", sink="hook", result="dropped")
        exporter.process.await_line('msg="notification dropped" sink=hook .*code 310000')
        self.assertEqual(dingtalk.told, [])

    def test_alertmanager_is_told_what_fires(self) -> None:
        one, other = FakeAlertmanager(self), FakeAlertmanager(self)
        self.watch(self.busy(), {"type": "alertmanager", "name": "am", "urls": [one.url, f"{other.url}/"]})
        for member in (one, other):
            until(lambda member=member: bool(member.alerts()), "alerts come")
            alert = member.alerts()[0]
            self.assertEqual(alert["labels"]["alertname"], "SasTaskTimedOut")
            self.assertEqual(alert["labels"]["target"], "production")
            self.assertLess(alert["startsAt"], alert["endsAt"])
            self.assertEqual(alert["annotations"]["runbook_url"], f"{RUNBOOKS}SasTaskTimedOut.md")


class Troubles(SinksTest):
    def assert_polling_goes_on(self, exporter: Exporter) -> None:
        polls = exporter.scrape().total("polls_total", result="complete")
        exporter.await_at_least(polls + 5, "polls_total", result="complete")

    def test_a_receiver_that_hangs_delays_neither_polling_nor_another(self) -> None:
        dead, alive = Webhook(self), Webhook(self)
        dead_member, member = FakeAlertmanager(self), FakeAlertmanager(self)
        dead.hang()
        dead_member.hang()
        exporter = self.watch(
            self.busy(),
            webhook(dead, name="dead"),
            webhook(alive, name="alive"),
            {"type": "alertmanager", "name": "am", "urls": [dead_member.url, member.url]},
        )
        until(lambda: bool(dead.asked and dead_member.asked), "the dead ones are asked")
        self.await_told(alive, 3)
        until(lambda: bool(member.alerts()), "the living member is told")
        self.assert_polling_goes_on(exporter)
        self.assertEqual(dead.told, [])
        self.assertGreater(exporter.scrape().value("notification_queue_length", sink="dead"), 0)
        dead.go_on()
        until(lambda: set(alive.keys()) <= set(dead.keys()), "the dead one is told all when it comes to life")
        firsts = list(dict.fromkeys(dead.keys()))
        self.assertEqual(firsts[: len(alive.keys())], alive.keys()[: len(firsts)], "and in order")

    def test_a_receiver_that_refuses_for_a_while_misses_nothing(self) -> None:
        receiver, other = Webhook(self), Webhook(self)
        receiver.refuses = (503, {})
        exporter = self.watch(self.busy(), webhook(receiver), webhook(other, name="other"))
        exporter.await_at_least(2, "notifications_total", sink="hook", result="failed")
        self.await_told(other, 2)
        receiver.refuses = None
        until(lambda: set(other.keys()[:2]) <= set(receiver.keys()), "what waited has come")
        exporter.process.await_line('msg="a sink takes its notifications again" sink=hook')
        self.assertEqual(exporter.scrape().total("notifications_total", sink="hook", result="dropped"), 0)

    def test_nobody_there_is_no_trouble_for_the_log(self) -> None:
        exporter = self.watch(self.busy(), {"type": "webhook", "name": "nobody", "url": "http://127.0.0.1:9/x?token=s3cret"})
        exporter.await_at_least(1, "notifications_total", sink="nobody", result="failed")
        exporter.await_at_least(3, "notifications_total", sink="log", result="ok")
        self.assert_polling_goes_on(exporter)
        exporter.await_at_least(3, "notifications_total", sink="nobody", result="failed")
        self.assertEqual(len(exporter.process.lines("does not take its notifications")), 1)
        self.assertEqual(exporter.process.stop(), 0)

    def test_a_new_token_needs_no_restart(self) -> None:
        receiver = Webhook(self, token="second-t0ken")
        token = self.directory / "token"
        token.write_text("first-t0ken\n")
        exporter = self.watch(self.busy(), webhook(receiver, bearer_token_file=str(token)))
        exporter.await_at_least(1, "notifications_total", sink="hook", result="failed")
        self.assertEqual(receiver.told, [])
        token.write_text("second-t0ken\n")
        self.await_told(receiver, 1)


class Crashes(SinksTest):
    def test_what_waits_is_told_by_the_next_process_with_the_same_key(self) -> None:
        receiver, simulator = Webhook(self), self.busy()
        state = {"file": str(self.directory / "state")}
        receiver.refuses = (503, {})
        exporter = self.watch(simulator, webhook(receiver), state=state)
        exporter.await_at_least(2, "notification_queue_length", sink="hook")
        exporter.await_at_least(1, "state_writes_total", result="ok")
        self.await_asked(receiver, 1)
        waiting = receiver.asked[-1]
        exporter.process.send(signal.SIGKILL)
        exporter.process.wait()
        receiver.refuses = None
        self.watch(simulator, webhook(receiver), state=state)
        self.await_told(receiver, 2)
        self.assertEqual(receiver.told[0].headers["idempotency-key"], waiting.headers["idempotency-key"])
        self.assertEqual(receiver.told[0].body, waiting.body)

    def test_killed_again_and_again_none_is_lost(self) -> None:
        receiver, simulator = Webhook(self), self.busy()
        state = {"file": str(self.directory / "state")}
        lives = []
        for _ in range(5):
            exporter = self.watch(simulator, webhook(receiver), state=state)
            lives.append(exporter)
            self.await_told(receiver, len(receiver.told) + 2)
            exporter.process.send(signal.SIGKILL)
            exporter.process.wait()
        exporter = self.watch(simulator, webhook(receiver), state=state)
        lives.append(exporter)
        exporter.await_at_least(2, "polls_total", result="complete")
        exporter.await_value(0, "notification_queue_length", sink="hook")
        fired = collections.Counter(alert for alert in receiver.alerts() if alert[2] == "firing")
        keys = collections.defaultdict(set)
        for event in receiver.events():
            keys[event["alert"]["name"], event.get("task", {}).get("id", ""), event["alert"]["status"]].add(event["key"])
        for alert in fired:
            self.assertEqual(len(keys[alert]), 1, f"{alert} is always the same piece")
        for life in lives:
            for line in life.process.lines('msg="alert firing" alert=timed_out'):
                task = line.partition("task_id=")[2].split()[0]
                self.assertIn(("timed_out", task, "firing"), fired, line)

    def test_what_is_told_last_goes_out_before_it_stops(self) -> None:
        receiver = Webhook(self)
        exporter = self.watch(self.busy(), webhook(receiver))
        exporter.process.await_line('msg="alert firing"')
        self.assertEqual(exporter.process.stop(), 0)
        fired = len(exporter.process.lines('msg="alert (firing|resolved)"'))
        told = len(set(receiver.keys()))
        self.assertGreater(told, 0)
        if exporter.process.lines("not everything was delivered"):  # a sanitizer's daemon does not get through in its second
            self.assertLess(told, fired)
        else:
            self.assertEqual(told, fired)


class SecretsOfSinks(SinksTest):
    def test_neither_addresses_nor_secrets_are_in_what_it_says(self) -> None:
        marks = {name: f"m4rk+{name}/S3cret-000=" for name in ("path", "query", "secret", "bearer", "url_file", "am_bearer")}
        receiver = Webhook(self)
        receiver.refuses = (400, marks)
        url_file = self.directory / "url"
        url_file.write_text(f"http://127.0.0.1:9/{marks['url_file']}")
        bearer = self.directory / "bearer"
        bearer.write_text(marks["am_bearer"])
        sinks = [
            webhook(receiver, name=name, format=name, url=f"{receiver.url}/{marks['path']}?access_token={marks['query']}")
            | ({"bearer_token": marks["bearer"]} if name == "json" else {"secret": marks["secret"]})
            for name in ("json", "dingtalk", "feishu")
        ]
        sinks.append({"type": "webhook", "name": "file", "format": "json", "url_file": str(url_file)})
        sinks.append({"type": "alertmanager", "name": "am", "urls": [receiver.url], "bearer_token_file": str(bearer)})
        alerts = {"sinks": [{"type": "log"}, *sinks]}
        exporter = self.exporter(
            self.busy(), "--log.level=debug", alerts=alerts, state={"file": str(self.directory / "state")}
        )
        for sink in ("json", "dingtalk", "feishu"):
            exporter.await_at_least(1, "notifications_total", sink=sink, result="dropped")
        for sink in ("file", "am"):
            exporter.await_at_least(1, "notifications_total", sink=sink, result="failed")
        pages = ("/", "/metrics", "/api/v1/tasks", "/api/v1/targets", "/api/v1/events")
        texts = {path: exporter.get(path).text() for path in pages}
        exporter.process.stop()
        texts["log"] = exporter.process.output
        texts["state"] = (self.directory / "state").read_text()
        self.assertEqual(leaks(texts, marks), [])
        self.assertNotIn(receiver.address, "".join(line for line in texts["log"].splitlines() if "sink=am" not in line))


if __name__ == "__main__":
    main()
