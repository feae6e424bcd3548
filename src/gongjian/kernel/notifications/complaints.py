"""What Apprise says about a sending is heard here and nowhere else: its words hold addresses, and at times passwords."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_heard: ContextVar[list[str] | None] = ContextVar("heard", default=None)


class _Ears(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        heard = _heard.get()
        if heard is not None and record.levelno >= logging.WARNING:
            heard.append(record.getMessage())
        return False


logging.getLogger("apprise").addFilter(_Ears())


@contextmanager
def listening() -> Iterator[list[str]]:
    """The warnings within the block; Apprise hands our context to the threads that it starts."""
    heard: list[str] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)
