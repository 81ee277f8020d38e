# SPDX-License-Identifier: Apache-2.0
"""A line between the daemon and the service, which a test puts through to another service: what is wrong with the first one
then ends when the test says so, and not when time has passed."""

import contextlib
import pathlib
import socket
import socketserver
import threading
from typing import TYPE_CHECKING

from support.peers import Simulator

if TYPE_CHECKING:
    from support.testcase import EndToEnd


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, *_: object) -> None:
        """Whoever breaks off is no matter for standard error."""


class Line:
    """Speaks TLS with neither: bytes go through as they are."""

    def __init__(self, test: "EndToEnd", first: Simulator, later: Simulator) -> None:
        self.ca_file: pathlib.Path = test.folder("line") / "ca.pem"  # of both
        self.ca_file.write_text(first.ca_file.read_text() + later.ca_file.read_text())
        self.lock = threading.Lock()
        self.open: set[socket.socket] = set()
        self.to = first
        self.later = later
        line = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                line.carry(self.request)

        server = Server(("127.0.0.1", 0), Handler)
        self.endpoint = "https://127.0.0.1:%d" % server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)
        test.addCleanup(self.hang_up)

    def put_through(self) -> None:
        """To the later one, from now on; who speaks with the first is cut off."""
        with self.lock:
            self.to = self.later
        self.hang_up()

    def hang_up(self) -> None:
        with self.lock:
            for end in self.open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def carry(self, caller: socket.socket) -> None:
        with self.lock:
            host, port = self.to.endpoint.removeprefix("https://").rsplit(":", 1)
            service = socket.create_connection((host, int(port)))
            self.open |= {caller, service}
        back = threading.Thread(target=pump, args=(service, caller), daemon=True)
        back.start()
        pump(caller, service)
        back.join()
        with self.lock:
            self.open -= {caller, service}
            service.close()


def pump(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
