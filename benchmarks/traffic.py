"""Several clients on the loopback interface, each going round the same errands in an order of its own."""

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

CLIENTS = 4
MOST_REQUESTS = 500_000
PAUSE_SECONDS = 0.05
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_BOUNDARY = "gongjian-benchmark"


class Refused(Exception):
    """An answer that no errand wants."""


@dataclass
class Browser:
    """One connection with the cookies of one session."""

    port: int
    cookies: dict[str, str]

    def __post_init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> bytes:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]] | None = None) -> bytes:
        """Fill in and send the form at `path`: its own token is added."""
        return self.send(path, self.token(path), fields, files)

    def hang_up(self) -> None:
        """The next request opens a connection of its own."""
        self._connection.close()

    def token(self, path: str) -> str:
        """The form's own token of the page at `path`."""
        found = _TOKEN.search(self.get(path).decode())
        if found is None:
            raise Refused(f"{path}: no form")
        return found[1]

    def send(
        self,
        path: str,
        token: str,
        fields: dict[str, str],
        files: dict[str, tuple[str, bytes]] | None = None,
        *,
        accept: str = "text/html",
    ) -> bytes:
        body = _multipart({"csrfmiddlewaretoken": token, **fields}, files or {})
        return self._ask("POST", path, body, {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}", "Accept": accept})

    def _ask(self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            self._connection.request(method, path, body, {"Cookie": cookie, **(headers or {})})
            answer = self._connection.getresponse()
            content = answer.read()
        except (http.client.HTTPException, OSError) as error:
            self._connection.close()
            raise Refused(f"{path.partition('?')[0]}: {type(error).__name__}") from error
        for name, value in re.findall(r"(csrftoken|sessionid)=([^;]+)", ";".join(answer.headers.get_all("Set-Cookie", []))):
            self.cookies[name] = value
        if answer.status not in (200, 302):
            raise Refused(f"{method} {path.partition('?')[0]}: {answer.status}")
        return content


Errand = Callable[[Browser], Any]


@dataclass
class Traffic:
    """`errands` are done by turns until the time is up; `refused` says what was not answered well."""

    port: int
    errands: Sequence[Errand]
    session: dict[str, str]
    answered: int = 0
    refused: list[str] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        self._threads = [threading.Thread(target=self._go_round, args=(n, end), daemon=True) for n in range(CLIENTS)]
        for thread in self._threads:
            thread.start()

    @property
    def is_running(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def refusals(self) -> Counter[str]:
        return Counter(self.refused)

    def _go_round(self, number: int, end: float) -> None:
        chance, browser = random.Random(number), Browser(self.port, dict(self.session))
        while time.monotonic() < end and self.answered < MOST_REQUESTS:
            try:
                chance.choice(self.errands)(browser)
                self.answered += 1
            except Refused as refusal:
                self.refused.append(str(refusal))
            time.sleep(PAUSE_SECONDS)


def visit(path: str, **query: str) -> Errand:
    address = f"{path}?{urlencode(query)}" if query else path
    return lambda browser: browser.get(address)


def _multipart(fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> bytes:
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    for name, (filename, content) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(head.encode() + content + b"\r\n")
    line = f"--{_BOUNDARY}\r\n".encode()
    return b"".join(line + part for part in parts) + f"--{_BOUNDARY}--\r\n".encode()
