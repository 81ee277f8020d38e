# SPDX-License-Identifier: Apache-2.0
"""What the dashboards have to show: one daemon that watches three accounts, tells a chat robot, and a Prometheus that scrapes it.
Production has much to do and signs with temporary keys; staging's service is hard to ask; sandbox's key is nobody's."""

import http.server
import itertools
import threading
import time
from typing import TYPE_CHECKING

from support.key_giver import KeyGiver
from support.peers import target

if TYPE_CHECKING:
    from support.testcase import EndToEnd


class Robot:
    """Takes what it is sent, but for every third message."""

    def __init__(self, test: "EndToEnd") -> None:
        statuses = itertools.cycle((200, 200, 503))

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # noqa: N802: the name is http.server's
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                self.send_response(next(statuses))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}/robot"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)


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
        robot = {"type": "webhook", "name": "robot", "url": Robot(test).url, "transitions": True}
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
            alerts={
                "stalled_after": "90s",
                "not_started_after": "1m",
                "credentials_expiring_within": "1m",
                "sinks": [{"type": "log"}, robot],
            },
            state={"file": str(test.folder("state") / "state.json")},
        )
        self.prometheus = test.prometheus(self.exporter)
