# SPDX-License-Identifier: Apache-2.0
"""Whoever the daemon tells of alerts, each on a port of its own: webhooks, the robots of two chat services, Alertmanager.
They remember what they were told, check signatures on their own, and fail or hang when told to."""

import base64
import hashlib
import hmac
import http.server
import json
import ssl
import threading
import time
import urllib.parse
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.testcase import EndToEnd

SIGNATURE_LIFE = 3600  # seconds; both chat services document an hour


@dataclass
class Told:
    """One request."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]  # names in lower case
    body: str

    def json(self):
        return json.loads(self.body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Whoever does not trust it, or is killed, breaks off: no matter for standard error."""


class Receiver:
    """Takes any POST with 200 and `{}`; what it refuses or leaves hanging is remembered too."""

    def __init__(self, test: "EndToEnd", tls: ssl.SSLContext | None = None) -> None:
        self.told: list[Told] = []  # what it took
        self.asked: list[Told] = []  # all requests
        self.refuses: tuple[int, object] | None = None  # a status and a body, for whoever asks
        self.retry_after = 0  # seconds; whom it refuses is asked to come back then
        self.going_on = threading.Event()
        self.going_on.set()
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:  # noqa: N802: the name is http.server's
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                parts = urllib.parse.urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                told = Told(parts.path, dict(urllib.parse.parse_qsl(parts.query)), headers, body)
                receiver.asked.append(told)
                receiver.going_on.wait()
                status, content = receiver.refuses or receiver.answer(told)
                text = json.dumps(content).encode()
                if status == 200 and receiver.is_taken(content):
                    receiver.told.append(told)
                self.send_response(status)
                if receiver.refuses and receiver.retry_after:
                    self.send_header("Retry-After", str(receiver.retry_after))
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            def log_message(self, *_: object) -> None:
                pass

        server = Server(("127.0.0.1", 0), Handler)
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        self.address = f"127.0.0.1:{server.server_port}"
        self.url = f"http{'s' if tls else ''}://{self.address}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)
        test.addCleanup(self.going_on.set)

    def hang(self) -> None:
        """Reads requests and answers none, until go_on()."""
        self.going_on.clear()

    def go_on(self) -> None:
        self.going_on.set()

    def answer(self, told: Told) -> tuple[int, object]:
        return 200, {}

    def is_taken(self, content: object) -> bool:
        return True


class Webhook(Receiver):
    """Of format json."""

    def __init__(self, test: "EndToEnd", token: str = "", tls: ssl.SSLContext | None = None) -> None:
        self.token = token
        super().__init__(test, tls)

    def answer(self, told: Told) -> tuple[int, object]:
        if self.token and told.headers.get("authorization") != f"Bearer {self.token}":
            return 401, {"error": "unauthorized"}
        return 200, {}

    def events(self) -> list[dict]:
        return [told.json() for told in self.told]

    def keys(self) -> list[str]:
        return [told.headers["idempotency-key"] for told in self.told]

    def alerts(self) -> list[tuple[str, str, str]]:
        """Name, subject and status of each, in order."""
        return [
            (event["alert"]["name"], event.get("task", {}).get("id", ""), event["alert"]["status"])
            for event in self.events()
            if "alert" in event
        ]


class DingTalk(Receiver):
    def __init__(self, test: "EndToEnd", secret: str) -> None:
        self.secret = secret
        super().__init__(test)

    def answer(self, told: Told) -> tuple[int, object]:
        timestamp = told.query.get("timestamp", "0")
        text = f"{timestamp}\n{self.secret}".encode()
        right = base64.b64encode(hmac.new(self.secret.encode(), text, hashlib.sha256).digest()).decode()
        is_fresh = abs(time.time() - int(timestamp) / 1000) < SIGNATURE_LIFE
        if not is_fresh or not hmac.compare_digest(told.query.get("sign", ""), right):
            return 200, {"errcode": 310000, "errmsg": "sign not match"}
        message = told.json()
        if message.get("msgtype") != "markdown" or not {"title", "text"} <= message["markdown"].keys():
            return 200, {"errcode": 400105, "errmsg": "unsupported msgtype"}
        return 200, {"errcode": 0, "errmsg": "ok"}

    def is_taken(self, content: object) -> bool:
        return content["errcode"] == 0

    def texts(self) -> str:
        return "\n".join(told.json()["markdown"]["text"] for told in self.told)


class Feishu(Receiver):
    def __init__(self, test: "EndToEnd", secret: str) -> None:
        self.secret = secret
        super().__init__(test)

    def answer(self, told: Told) -> tuple[int, object]:
        message = told.json()
        timestamp = message.get("timestamp", "0")
        key = f"{timestamp}\n{self.secret}".encode()
        right = base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
        is_fresh = abs(time.time() - int(timestamp)) < SIGNATURE_LIFE
        if not is_fresh or not hmac.compare_digest(message.get("sign", ""), right):
            return 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
        if message.get("msg_type") != "interactive" or "elements" not in message["card"]:
            return 400, {"code": 9499, "msg": "Bad Request"}
        return 200, {"code": 0, "msg": "success", "data": {}}

    def is_taken(self, content: object) -> bool:
        return content["code"] == 0

    def texts(self) -> str:
        return "\n".join(
            element["text"]["content"]
            for told in self.told
            for element in told.json()["card"]["elements"]
            if element["tag"] == "div"
        )


class FakeAlertmanager(Receiver):
    """Takes alerts as Alertmanager does; the real one is another test's."""

    def answer(self, told: Told) -> tuple[int, object]:
        is_right = told.path == "/api/v2/alerts" and all(alert["labels"]["alertname"] for alert in told.json())
        return (200, {}) if is_right else (400, {"message": "no such path or alert"})

    def alerts(self) -> list[dict]:
        return [alert for told in self.told for alert in told.json()]


@dataclass
class Notice:
    """One alert in one message of Alertmanager."""

    path: str  # that the message came to
    status: str  # firing or resolved
    name: str
    labels: dict[str, str]
    annotations: dict[str, str]

    def way(self) -> str:
        """Prometheus knows where it scraped; the daemon does not."""
        return "rules" if "job" in self.labels else "daemon"


class Pager(Receiver):
    """Whoever Alertmanager tells."""

    def notices(self) -> list[Notice]:
        """In the order in which they came."""
        return [
            Notice(told.path, alert["status"], alert["labels"]["alertname"], alert["labels"], alert["annotations"])
            for told in list(self.told)
            for alert in told.json()["alerts"]
        ]
