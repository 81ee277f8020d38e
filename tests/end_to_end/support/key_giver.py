# SPDX-License-Identifier: Apache-2.0
"""Where temporary keys come from, on a port of its own: STS's two actions that give a key and a credentials URI, all of
which give the key that the simulator knows; and STS's third, which says whose a key is."""

import datetime
import http.server
import json
import threading
import urllib.parse
from typing import TYPE_CHECKING

from support.peers import ACCESS_KEY_ID, ACCESS_KEY_SECRET

if TYPE_CHECKING:
    from support.testcase import EndToEnd

OIDC_TOKEN = "oidc-t0ken-that-nobody-may-see"
ARN = "acs:ram::1234567890123456:assumed-role/reader/sas-operation-exporter"


class KeyGiver:
    def __init__(self, test: "EndToEnd", life: float = 3600) -> None:
        self.life = life  # seconds
        self.is_down = False
        self.asked: list[str] = []
        giver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                status, content = giver.answer(self.path, self.headers, body)
                text = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = answer  # noqa: N815: the names are http.server's

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)

    def answer(self, path: str, headers: dict, body: str) -> tuple[int, dict]:
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlparse(path).query))
        action = headers.get("x-acs-action") or query.get("Action") or "URI"
        self.asked.append(action)
        if self.is_down:
            return 503, {"Code": "ServiceUnavailable", "Message": "down", "RequestId": "R-down"}
        if action == "URI":
            return 200, self.key()
        is_signed = action in ("AssumeRole", "GetCallerIdentity")
        if is_signed and f"Credential={ACCESS_KEY_ID}," not in headers.get("Authorization", ""):
            return 404, {"Code": "InvalidAccessKeyId.NotFound", "Message": "no", "RequestId": "R-key"}
        if action == "AssumeRoleWithOIDC" and dict(urllib.parse.parse_qsl(body)).get("OIDCToken") != OIDC_TOKEN:
            return 400, {"Code": "AuthenticationFail.OIDCToken.Invalid", "Message": "no", "RequestId": "R-oidc"}
        if action == "GetCallerIdentity":
            return 200, {"RequestId": "R-ok", "IdentityType": "AssumedRoleUser", "AccountId": "1234567890123456", "Arn": ARN}
        return 200, {"RequestId": "R-ok", "Credentials": self.key()}

    def key(self) -> dict:
        end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.life)
        return {
            "AccessKeyId": ACCESS_KEY_ID,
            "AccessKeySecret": ACCESS_KEY_SECRET,
            "SecurityToken": "",  # the simulator's key has none
            "Expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
