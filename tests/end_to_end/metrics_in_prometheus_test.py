#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The main job: a signed call over TLS on one side, what a real Prometheus answers on the other."""

from support.testcase import EndToEnd, main


class MetricsInPrometheus(EndToEnd):
    def test_the_reference_pages_answer_arrives_to_the_letter(self) -> None:
        exporter = self.exporter(self.simulator("seed-sample"))
        prometheus = self.prometheus(exporter)
        self.assertEqual(prometheus.await_value("sas_operation_up", 1)["target"], "production")
        for metric, value in (
            ("task_items", 337),
            ("task_items_finished", 197),
            ("task_subtasks", 10),
            ("task_subtasks_ready", 5),
        ):
            labels = prometheus.await_value(f"sas_operation_{metric}", value)
            self.assertNotIn("\n", labels["task_id"], "the id's newline is kept for asking back, not shown")
            self.assertTrue(labels["task_id"] and labels["task_type"], labels)
            self.assertEqual(labels["target"], "production")

    def test_every_scrape_succeeds_and_no_series_is_lost(self) -> None:
        exporter = self.exporter(self.simulator("busy-day", time_scale=60))
        prometheus = self.prometheus(exporter)
        prometheus.await_value("min_over_time(up[5s]) and on() count_over_time(up[5s]) >= bool 3", 1)
        families = {sample.name for sample in exporter.scrape().all}
        for family in sorted(families):
            self.assertTrue(prometheus.query(f'{{__name__="{family}"}}'), f"{family} did not reach Prometheus")


if __name__ == "__main__":
    main()
