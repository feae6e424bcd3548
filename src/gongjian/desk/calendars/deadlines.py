"""What somebody must do, in their calendar."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from gongjian.desk.selectors import things_to_do
from gongjian.kernel.calendars.events import Event

SHOWN = timedelta(minutes=30)
"""How long a deadline looks in a calendar: it ends when it is due."""


def deadlines(account: Any) -> Iterator[Event]:
    """Things on My desk that have a deadline."""
    for todo in things_to_do(account):
        if todo.item.due is not None:
            key = hashlib.sha256(f"{todo.item.url} {todo.item.title}".encode()).hexdigest()[:32]
            start = todo.item.due - SHOWN
            yield Event(key, todo.item.title, start, todo.item.due, detail=todo.item.detail, url=todo.item.url)
