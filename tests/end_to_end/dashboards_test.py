#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The Grafana dashboards over a real Prometheus that scraped the real daemon through a busy afternoon: every query finds data,
and every panel shows it in a real browser."""

import yaml
from support import dashboards
from support.dashboards import Dashboard
from support.peers import Prometheus
from support.testcase import EndToEnd, main
from support.three_accounts import ThreeAccounts
from support.wait import until

# Queries that find nothing here, and why. One that finds something after all has no place in here.
WITHOUT_DATA: dict[str, dict[str, str]] = {"checks": {}, "exporter": {}}

PATIENCE = 240  # seconds: bars stand for whole minutes, and show what happened since the one before


class Dashboards(EndToEnd):
    def test_the_committed_json_is_what_the_code_generates(self) -> None:
        dashboards.generate(self.directory)
        for name in dashboards.NAMES:
            committed = Dashboard(name).file.read_text()
            self.assertEqual((self.directory / f"{name}.json").read_text(), committed, "run deploy/grafana/generate.sh")

    def test_the_code_is_typed_and_in_shape(self) -> None:
        self.assertEqual(dashboards.npm_program("node_modules/.bin/tsc"), "")
        dashboards.npm_program("node_modules/.bin/prettier", "--check", "source", "page")

    def test_the_provisioning_files_are_what_grafana_reads(self) -> None:
        (provider,) = self.provisioned("dashboards/sas-operation-exporter.yml")["providers"]
        self.assertEqual(provider["type"], "file")
        self.assertIn(f"install -D -m 644 -t {provider['options']['path']} dashboards/*.json", self.readme())
        (source,) = self.provisioned("datasources/prometheus.yml")["datasources"]
        self.assertEqual((source["type"], source["jsonData"]["timeInterval"]), ("prometheus", "30s"))

    def provisioned(self, name: str) -> dict:
        self.assertIn(f"provisioning/{name}", self.readme())
        read = yaml.safe_load((dashboards.FOLDER / "provisioning" / name).read_text())
        self.assertEqual(read["apiVersion"], 1)
        return read

    def readme(self) -> str:
        return (dashboards.FOLDER / "README.md").read_text()

    def test_every_query_finds_data_and_every_panel_shows_it(self) -> None:
        # A minute here is half an hour of theirs, and then their time is ours.
        prometheus = ThreeAccounts(self, time_scale=30, ahead=60, poll_interval="2s", retention="2h", key_life=60).prometheus
        shown = [Dashboard(name) for name in dashboards.NAMES]
        for dashboard in shown:
            self.await_data(prometheus, dashboard)
        for dashboard, seen in zip(shown, dashboards.render(prometheus, shown, self.directory)):
            with self.subTest(dashboard=dashboard.name):
                self.assert_shows(dashboard, seen)

    def await_data(self, prometheus: Prometheus, dashboard: Dashboard) -> None:
        reasons = WITHOUT_DATA[dashboard.name]
        missing = {query for query in dashboard.queries() if str(query) not in reasons}
        unlisted = [query for query in dashboard.queries() if str(query) in reasons]
        self.assertEqual({str(query) for query in unlisted}, set(reasons), "a reason is given for a query that is not there")

        def look() -> bool:
            chosen = dashboards.choices(prometheus, dashboard)
            missing.difference_update([query for query in missing if dashboards.has_data(prometheus, query, chosen)])
            return not missing

        try:
            until(look, "every query finds data", PATIENCE)
        except AssertionError as error:
            names = ", ".join(sorted(map(str, missing)))
            raise AssertionError(f"{dashboard.name}: {error}; found nothing yet: {names}") from None
        chosen = dashboards.choices(prometheus, dashboard)
        for name, values in chosen.items():
            self.assertTrue(values, f"the variable {name} has nothing to choose from")
        for query in unlisted:
            self.assertFalse(dashboards.has_data(prometheus, query, chosen), f"{query} finds data: {reasons[str(query)]}?")

    def assert_shows(self, dashboard: Dashboard, seen: dict) -> None:
        self.assertEqual(seen["complaints"], [])
        self.assertTrue(all(seen["variables"].values()), f"a variable has nothing to choose from: {seen['variables']}")
        panels = {panel["title"]: panel for panel in seen["panels"]}
        self.assertEqual(sorted(panels), sorted(panel["title"] for panel in dashboard.panels))
        for panel in dashboard.panels:
            with self.subTest(panel=panel["title"]):
                self.assert_panel_shows(dashboard, panel, panels[panel["title"]])
        for annotation in dashboard.json["annotations"]["list"]:
            for marked in dashboard.panels:
                if annotation["enable"] and marked["id"] in annotation["filter"]["ids"]:
                    self.assertGreater(panels[marked["title"]]["marks"], 0, f"no transition is marked in {marked['title']}")
        self.assertGreater((self.directory / f"{dashboard.name}.png").stat().st_size, 100_000, "the picture is blank")

    def assert_panel_shows(self, dashboard: Dashboard, panel: dict, seen: dict) -> None:
        self.assertIsNone(seen["error"], seen["text"])
        queries = [str(query) for query in dashboard.queries() if query.panel == panel["title"]]
        if set(queries) <= set(WITHOUT_DATA[dashboard.name]):
            self.assertEqual(seen["empty"], panel["fieldConfig"]["defaults"].get("noValue", "No data"))
            return
        self.assertIsNone(seen["empty"], "the panel is empty")
        if panel["type"] == "table":
            self.assertGreater(seen["rows"], 1, "a header and at least one row")
        elif panel["type"] == "stat":
            self.assertRegex(seen["text"].removeprefix(panel["title"]), r"\d|yes|no")
        else:
            self.assertGreater(seen["plots"], 0, "something is drawn")


if __name__ == "__main__":
    main()
