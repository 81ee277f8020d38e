# SPDX-License-Identifier: Apache-2.0
"""What the dashboards have to show: one daemon that watches three accounts, and a Prometheus that scrapes it. Production has
much to do and signs with temporary keys; staging's service is hard to ask; sandbox's key is nobody's."""

import time
from typing import TYPE_CHECKING

from support.key_giver import KeyGiver
from support.peers import target

if TYPE_CHECKING:
    from support.testcase import EndToEnd


class ThreeAccounts:
    def __init__(
        self,
        test: "EndToEnd",
        time_scale: float = 1,
        ahead: float = 0,
        poll_interval: str = "5s",
        retention: str = "8m",
        key_life: float = 1100,
    ) -> None:
        """The simulated time runs `time_scale` times as fast as the clock, and meets it in `ahead` seconds from now."""
        start = time.strftime("--start=%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + ahead - ahead * time_scale))
        busy = test.simulator("full-afternoon", start, time_scale=time_scale, seed=7)
        rough = test.simulator("rough-service", start, time_scale=time_scale, seed=3)
        stranger = {"type": "access_key", "access_key_id": "LTAI-of-nobody", "access_key_secret": "s3cr3t-of-nobody"}
        temporary = {"type": "credentials_uri", "uri": KeyGiver(test, life=key_life).url + "/key"}
        state = test.folder("state") / "state.json"
        self.exporter = test.exporter(
            busy,
            targets=[
                target(busy, credentials=temporary),
                target(rough, name="staging"),
                target(busy, name="sandbox", credentials=stranger),
            ],
            poll={
                "interval": poll_interval,
                "idle_interval": poll_interval,
                "page_size": 10,
                "max_requests_per_second": 4,
                "max_retries": 1,
            },
            metrics={"task_retention": retention},
            alerts={"stalled_after": "90s", "not_started_after": "1m"},
            state={"file": str(state)},
        )
        self.prometheus = test.prometheus(self.exporter)
