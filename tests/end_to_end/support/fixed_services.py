# SPDX-License-Identifier: Apache-2.0
"""The cloud's services at their fixed addresses, and a credentials URI: each gives a key that is named after where it comes
from, and remembers who asked for what."""

import datetime
import http.server
import json
import pathlib
import ssl
import threading
import urllib.parse
from typing import Callable, NamedTuple

from support.own_network import METADATA_ADDRESS

OIDC_TOKEN = "oidc-t0ken/of+a.pod="
ROLES = "/latest/meta-data/ram/security-credentials/"
Answer = tuple[int, object]  # status, and text or JSON


class Key(NamedTuple):
    id: str
    secret: str
    token: str


def key(name: str) -> Key:
    """Names of temporary keys begin with `STS.`."""
    return Key(name, f"secret/of+{name}", f"CAIS+token/of={name}" if name.startswith("STS.") else "")


def granted(name: str) -> dict:
    end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(hours=1)
    fields = dict(zip(("AccessKeyId", "AccessKeySecret", "SecurityToken"), key(name)))
    return fields | {"Expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ"), "Code": "Success"}


class FixedServices:
    def __init__(self, certificate: pathlib.Path, private_key: pathlib.Path) -> None:
        self.servers: list[http.server.ThreadingHTTPServer] = []
        self.settle()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, private_key)
        self._serve(("127.0.0.1", 443), self._sts, context)
        self._serve((METADATA_ADDRESS, 80), self._metadata)
        self.uri = f"http://127.0.0.1:{self._serve(('127.0.0.1', 0), self._uri)}"

    def settle(self, sts: str = "", metadata: str = "no role") -> None:
        """How they answer from now on. sts: `down`, `refuses`, or as it should; metadata: `down`, `no role`, `v1` (it knows
        no tokens), `v2` (it wants one)."""
        self.sts, self.metadata = sts, metadata
        self.asked: dict[str, set[str]] = {"official": set(), "ours": set()}  # what STS was asked for

    def close(self) -> None:
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def _sts(self, request: http.server.BaseHTTPRequestHandler, body: str) -> Answer:
        headers = request.headers
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlparse(request.path).query))
        asked = query | dict(urllib.parse.parse_qsl(body))
        action = headers.get("x-acs-action") or asked["Action"]
        if action == "AssumeRoleWithOIDC":
            bearer = asked["OIDCProviderArn"] if asked["OIDCToken"].strip() == OIDC_TOKEN else "somebody else"
        else:
            signed = headers.get("Authorization", "").partition("Credential=")[2].partition(",")[0]
            bearer = asked.get("AccessKeyId") or signed
        client = "ours" if headers.get("User-Agent", "").startswith("sas-operation-exporter") else "official"
        what = (action, asked["RoleArn"], asked["DurationSeconds"], "by", bearer, "at", headers["Host"])
        self.asked[client].add(" ".join(what))
        if self.sts == "down":
            return 503, {"Code": "ServiceUnavailable", "Message": "down", "RequestId": "R"}
        if self.sts == "refuses" or bearer == "somebody else":
            return 403, {"Code": "NoPermission", "Message": "You are not authorized to do this action.", "RequestId": "R"}
        return 200, {"RequestId": "R", "Credentials": granted(f"STS.{action}.{asked['RoleArn'].rpartition('/')[2]}")}

    def _metadata(self, request: http.server.BaseHTTPRequestHandler, _: str) -> Answer:
        if self.metadata == "down":
            return 503, "down"
        if request.path == "/latest/api/token":
            return (404, "no such page") if self.metadata == "v1" else (200, "metadata-token")
        if self.metadata == "v2" and request.headers.get("X-aliyun-ecs-metadata-token") != "metadata-token":
            return 403, "a token is needed"
        role = request.path.removeprefix(ROLES)
        if self.metadata == "no role" or role not in ("", "instance", "named"):
            return 404, "no such page"
        return 200, granted(f"STS.metadata.{role}") if role else "instance\n"

    def _uri(self, request: http.server.BaseHTTPRequestHandler, _: str) -> Answer:
        answers: dict[str, Answer] = {
            "/key": (200, granted("STS.uri")),
            "/no-token": (200, {name: value for name, value in granted("uri").items() if name != "SecurityToken"}),
            "/no-secret": (200, granted("STS.uri") | {"AccessKeySecret": ""}),
            "/broken": (200, "{"),
        }
        return answers.get(request.path.partition("?")[0], (404, "no such page"))

    def _serve(
        self,
        address: tuple[str, int],
        answer: Callable[[http.server.BaseHTTPRequestHandler, str], Answer],
        context: ssl.SSLContext | None = None,
    ) -> int:
        class Handler(http.server.BaseHTTPRequestHandler):
            def respond(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
                status, content = answer(self, body)
                is_text = isinstance(content, str)
                text = (content if is_text else json.dumps(content)).encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/plain" if is_text else "application/json")
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_PUT = respond  # noqa: N815: the names are http.server's

            def log_message(self, *_: object) -> None:
                pass

        server = http.server.ThreadingHTTPServer(address, Handler)
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.servers.append(server)
        return server.server_port
