#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What pictures.sh runs: the accounts, the exporter and Prometheus in real time, and a look at the dashboards at the end. It is
written as a test, since all that it starts ends with a test."""

import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tests" / "end_to_end"))

from support import dashboards  # noqa: E402: found there
from support.dashboards import Dashboard  # noqa: E402
from support.testcase import EndToEnd, main  # noqa: E402
from support.three_accounts import ThreeAccounts  # noqa: E402
from support.wait import until  # noqa: E402

MINUTES = int(os.environ.get("SAS_PICTURE_MINUTES", "20"))
SCRAPE_INTERVAL = 15  # seconds; what a Grafana beside it would have been told
MOST_BYTES = 500_000


class Pictures(EndToEnd):
    def test_both(self) -> None:
        prometheus = ThreeAccounts(self).prometheus
        watched = f"time() - min(process_start_time_seconds) > {60 * MINUTES}"
        busy = (
            'sum(sas_operation_tasks{status=~"running|not_started"}) >= 6 and sum(sas_operation_alerts_firing) >= 2 '
            'and count(sas_operation_task_subtasks_by_status{status="failed"} > 0) >= 1'
        )
        until(lambda: prometheus.query(watched) or None, "the exporter has watched for long enough", 60 * MINUTES + 60)
        until(lambda: prometheus.query(busy) or None, "there is much to see", 900)
        shown = [Dashboard(name) for name in dashboards.NAMES]
        for seen in dashboards.render(prometheus, shown, HERE / "pictures", SCRAPE_INTERVAL, MINUTES):
            self.assertEqual(seen["complaints"], [])
        for dashboard in shown:
            self.assertLess((HERE / "pictures" / f"{dashboard.name}.png").stat().st_size, MOST_BYTES)


if __name__ == "__main__":
    main()
