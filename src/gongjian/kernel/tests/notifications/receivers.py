"""Real servers on this machine that channels send to."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """An SMTP server's letters. The first `refusals` are not taken."""

    def __init__(self, port: int) -> None:
        self.port, self.letters, self.refusals = port, list[Message](), 0

    @property
    def url(self) -> str:
        return f"mailto://127.0.0.1:{self.port}?from=office@example.org&to=wang@example.org"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refusals:
            self.refusals -= 1
            return "451 come back later"
        self.letters.append(message_from_bytes(envelope.content))
        return "250 taken"


@contextmanager
def smtp_server() -> Iterator[Mailbox]:
    mailbox = Mailbox(_free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


class WebService(ThreadingHTTPServer):
    """Takes JSON; answers with `statuses` in turn, then with 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.received, self.statuses, self.headers = list[dict[str, Any]](), list[int](), dict[str, str]()
        self.answer: dict[str, Any] | None = None

    @property
    def url(self) -> str:
        return f"json://someone:top-secret@127.0.0.1:{self.server_port}/hook/secret-path"


class _Handler(BaseHTTPRequestHandler):
    server: WebService

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if status == 200:
            self.server.received.append(json.loads(content))
        self.send_response(status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.server.answer is not None:
            self.wfile.write(json.dumps(self.server.answer).encode())

    def log_message(self, *args: Any) -> None:
        """Tests are quiet."""


@contextmanager
def web_service() -> Iterator[WebService]:
    with WebService() as service:
        thread = Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield service
        finally:
            service.shutdown()
            thread.join()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
