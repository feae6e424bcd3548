"""The product's own WSGI application, called in this process: all its middleware, no test client in between."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from benchmarks.installation import BenchmarkError


@dataclass(frozen=True)
class Answer:
    """`seconds` by the clock and `processor` seconds of this process, from the request to the last byte."""

    status: int
    body: bytes
    seconds: float
    processor: float


@dataclass(frozen=True)
class Visitor:
    """Somebody with a session, or a stranger."""

    cookie: str = ""

    def get(self, address: str) -> Answer:
        """Raises BenchmarkError for anything but a page."""
        from gongjian.config.wsgi import application

        statuses: list[str] = []

        def begin(status: str, headers: list[tuple[str, str]], error: Any = None, /) -> Callable[[bytes], object]:
            statuses.append(status)
            return lambda written: None

        started, processor = time.perf_counter(), time.process_time()
        response = application(_environ(address, self.cookie), begin)
        try:
            body = b"".join(response)
        finally:
            response.close()
        answer = Answer(int(statuses[0].split()[0]), body, time.perf_counter() - started, time.process_time() - processor)
        if answer.status != 200:
            raise BenchmarkError(f"{address} answered {statuses[0]}")
        return answer


def signed_in(account: Any) -> Visitor:
    from django.test import Client

    client = Client()
    client.force_login(account, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
    return Visitor(f"sessionid={client.cookies['sessionid'].value}")


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """The statements that this thread sends inside the block."""
    from django.db import connection

    statements: list[str] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(note):
        yield statements


def _environ(address: str, cookie: str) -> dict[str, Any]:
    parts = urlsplit(address)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1",
        "HTTP_COOKIE": cookie,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
