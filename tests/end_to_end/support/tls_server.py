# SPDX-License-Identifier: Apache-2.0
"""Servers that are reached and then disappoint: certificates of every kind, made with openssl, or no TLS at all."""

import contextlib
import pathlib
import socket
import ssl
import subprocess
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support.testcase import EndToEnd


class Authority:
    """A CA made with openssl, and what it signs."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.ca_file = folder / "ca.pem"
        self.openssl("req", "-x509", "-nodes", "-newkey", "rsa:2048", "-keyout", "ca.key", "-out", "ca.pem", "-days", "2",
                     "-subj", "/CN=Authority of the test")  # fmt: skip

    def openssl(self, *arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True)

    def issue(self, name: str, dates: tuple[str, str] = ("20200101000000Z", "20490101000000Z")) -> ssl.SSLContext:
        """A server's context with a certificate made out to the name (`DNS:localhost`), valid between the dates."""
        (self.folder / "database").write_text("")
        (self.folder / "ca.cnf").write_text(
            "[ca]\ndefault_ca=it\n[it]\ndatabase=database\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\n"
            f"policy=any\nx509_extensions=more\n[any]\ncommonName=supplied\n[more]\nsubjectAltName={name}\n"
        )
        self.openssl("req", "-new", "-nodes", "-newkey", "rsa:2048", "-keyout", "server.key", "-out", "server.csr",
                     "-subj", "/CN=server")  # fmt: skip
        self.openssl("ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key",
                     "-in", "server.csr", "-out", "server.pem", "-startdate", dates[0], "-enddate", dates[1])  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "server.pem", self.folder / "server.key")
        return context


class TlsServer:
    """Shakes hands and says no more; without a context it does not even shake hands but says `greeting`, or nothing."""

    def __init__(self, test: "EndToEnd", context: ssl.SSLContext | None, greeting: bytes = b"") -> None:
        self.context = context
        self.greeting = greeting
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.held: list[socket.socket] = []  # so that they stay open
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()
        test.addCleanup(self.close)

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                self.held.append(connection)
                threading.Thread(target=self.greet, args=(connection,), daemon=True).start()

    def greet(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if self.context:
                self.held.append(self.context.wrap_socket(connection, server_side=True))
            else:
                connection.sendall(self.greeting)

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in self.held:
            connection.close()


def closed_port(test: "EndToEnd") -> int:
    """One on which nobody listens, and nobody else will while the test runs."""
    holder = socket.socket()
    test.addCleanup(holder.close)
    holder.bind(("127.0.0.1", 0))
    return holder.getsockname()[1]
