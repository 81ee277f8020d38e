# SPDX-License-Identifier: Apache-2.0
"""Where temporary keys come from, on a port of its own: STS's two actions that give a key and a credentials URI, and STS's
third action, which says whose a key is. It gives the key that the simulator knows, or mints one after the other on a ring."""

import datetime
import http.server
import json
import ssl
import threading
import urllib.parse
from typing import TYPE_CHECKING

from support.key_ring import Key, KeyRing
from support.peers import ACCESS_KEY_ID, ACCESS_KEY_SECRET

if TYPE_CHECKING:
    from support.testcase import EndToEnd

OIDC_TOKEN = "oidc-t0ken-that-nobody-may-see"
ARN = "acs:ram::1234567890123456:assumed-role/reader/sas-operation-exporter"


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """Whoever does not trust it breaks off: no matter for standard error."""


class KeyGiver:
    def __init__(
        self,
        test: "EndToEnd",
        life: float = 3600,
        ring: KeyRing | None = None,
        name: str = "given",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.life = life  # seconds
        self.ring = ring
        self.name = name  # of the keys that it mints
        self.is_down = False
        self.refuses: tuple[int, object] | None = None  # a status and a body, for whoever asks
        self.oidc_token = OIDC_TOKEN
        self.asked: list[str] = []
        giver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                status, content = giver.answer(self.path, self.headers, body)
                text = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = answer  # noqa: N815: the names are http.server's

            def log_message(self, *_: object) -> None:
                pass

        server = Server(("127.0.0.1", 0), Handler)
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)

    def answer(self, path: str, headers: dict, body: str) -> tuple[int, object]:
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlparse(path).query))
        action = headers.get("x-acs-action") or query.get("Action") or "URI"
        self.asked.append(action)
        if self.refuses:
            return self.refuses
        if self.is_down:
            return 503, {"Code": "ServiceUnavailable", "Message": "down", "RequestId": "R-down"}
        if action == "URI":
            return 200, self.key()
        if action in ("AssumeRole", "GetCallerIdentity") and (refusal := self.refusal(headers)):
            return refusal
        if action == "AssumeRoleWithOIDC" and dict(urllib.parse.parse_qsl(body)).get("OIDCToken") != self.oidc_token:
            return 400, {"Code": "AuthenticationFail.OIDCToken.Invalid", "Message": "no", "RequestId": "R-oidc"}
        if action == "GetCallerIdentity":
            return 200, {"RequestId": "R-ok", "IdentityType": "AssumedRoleUser", "AccountId": "1234567890123456", "Arn": ARN}
        return 200, {"RequestId": "R-ok", "Credentials": self.key()}

    def refusal(self, headers: dict) -> tuple[int, object] | None:
        """Of whoever may not ask; the signature is the unit tests' matter."""
        credential = headers.get("Authorization", "").partition("Credential=")[2].partition(",")[0]
        known = self.ring.keys.get(credential) if self.ring else Key(ACCESS_KEY_ID, "") if credential == ACCESS_KEY_ID else None
        now = datetime.datetime.now(datetime.timezone.utc).timestamp()
        if known is None or (known.has_ended(now) and not known.token):
            return 404, {"Code": "InvalidAccessKeyId.NotFound", "Message": "no", "RequestId": "R-key"}
        if known.has_ended(now) or known.token != headers.get("x-acs-security-token", ""):
            return 400, {"Code": "InvalidSecurityToken.Expired", "Message": "no", "RequestId": "R-token"}
        return None

    def key(self) -> dict:
        # The simulator's own key has no token.
        key = self.ring.mint(self.name, self.life, token=True) if self.ring else Key(ACCESS_KEY_ID, ACCESS_KEY_SECRET)
        end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.life)
        return {
            "AccessKeyId": key.id,
            "AccessKeySecret": key.secret,
            "SecurityToken": key.token,
            "Expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
