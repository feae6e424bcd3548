"""What changes rarely is read once and kept in each process, until the database says that some of it has changed.

Every change of a table that has `stamped()` among its triggers draws a new stamp, in the transaction of the change: nobody sees
the one without the other, and a stamp that was rolled back never comes again. A request reads the stamp once, with its office;
what `kept` gives it is as new as the request. Jobs, commands and tests have no stamp and read everything themselves.
"""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from uuid import UUID

import pgtrigger
from django.db import connection
from django_scopes import get_scope

Value = TypeVar("Value")
MOST = 5000
"""Values of one stamp; beyond, all are read again."""
SHELVES = 2
"""Requests that began before a change still use what they began with."""
_STAMP = "_kept_under"
_stamped: set[str] = set()
_shelves: dict[UUID, dict[Hashable, Any]] = {}


def stamped(label: str, *columns: str) -> list[pgtrigger.Trigger]:
    """Triggers for the Meta of the model `label`. With `columns`, updates of other columns change nothing that is kept."""
    _stamped.add(label.lower())
    update = pgtrigger.UpdateOf(*columns) if columns else pgtrigger.Update
    return [
        pgtrigger.Trigger(
            name="stamped",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Insert | update | pgtrigger.Delete,
            func="INSERT INTO kernel_stamp (id, drawn) VALUES (1, gen_random_uuid())"
            " ON CONFLICT (id) DO UPDATE SET drawn = EXCLUDED.drawn; RETURN NULL;",
        )
    ]


def stamp() -> UUID | None:
    """The present one; None before anything was stored."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT drawn FROM kernel_stamp")
        row = cursor.fetchone()
    return row[0] if row else None


def under(drawn: UUID | None, office: Any) -> Any:
    """`office`, so marked that within its scope things are kept."""
    office.__dict__[_STAMP] = drawn
    return office


def is_keeping() -> bool:
    return getattr(get_scope().get("office"), _STAMP, None) is not None


def kept(key: Hashable, read: Callable[[], Value]) -> Value:
    """What `read` says within the present office. It is shared between requests: copy what you change."""
    office = get_scope().get("office")
    drawn = getattr(office, _STAMP, None)
    return read() if drawn is None else kept_under(drawn, (office.pk, key), read)


def kept_under(drawn: UUID | None, key: Hashable, read: Callable[[], Value]) -> Value:
    """Nothing is kept that another transaction, or an unfinished change of this one, may have made newer than the stamp."""
    shelf = _shelves.get(drawn) if drawn else None
    if shelf is not None and key in shelf:
        found: Value = shelf[key]
        return found
    value = read()
    if drawn is not None and value is not None and stamp() == drawn:
        _keep(drawn, key, value)
    return value


def _keep(drawn: UUID, key: Hashable, value: Any) -> None:
    shelf = _shelves.setdefault(drawn, {})
    if len(shelf) >= MOST:
        shelf.clear()
    shelf[key] = value
    for old in list(_shelves)[:-SHELVES]:
        _shelves.pop(old, None)


def forget_in_request(sender: Any, **kwargs: Any) -> None:
    """Whoever changes something reads it anew from then on."""
    if sender._meta.label_lower in _stamped:
        getattr(get_scope().get("office"), "__dict__", {}).pop(_STAMP, None)
