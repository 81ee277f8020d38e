# SPDX-License-Identifier: Apache-2.0
"""A proxy that lets nobody through, and repeats what it was told."""

import socketserver
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.testcase import EndToEnd


class RefusingProxy:
    def __init__(self, test: "EndToEnd") -> None:
        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                told = self.request.recv(65536)
                head = b"HTTP/1.1 407 Proxy Authentication Required\r\nConnection: close\r\n"
                self.request.sendall(head + b"Content-Length: %d\r\n\r\n" % len(told) + told)

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        self.address = "127.0.0.1:%d" % server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        test.addCleanup(server.server_close)
        test.addCleanup(server.shutdown)
