"""The one clock. Services ask it, so that the demo can play a past year and tests can stand at midnight."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

_offset: ContextVar[timedelta | None] = ContextVar("clock_offset", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    offset = _offset.get()
    return timezone.now() if offset is None else timezone.now() + offset


def today() -> date:
    """The current day in the office's time zone."""
    return timezone.localtime(now()).date()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Within the block the clock reads `moment` and runs on from there; only this thread sees it."""
    token = _offset.set(moment - timezone.now())
    try:
        yield
    finally:
        _offset.reset(token)
