"""All locking stands here: only inside a transaction, keys in order, with a timeout.

Prefer a database constraint. A lock is for "decide on what is there, then write" where no constraint can say it.
The price: two holders wait for each other at most `seconds`, then one gets a Conflict and must try again.
"""

from collections.abc import Sequence
from hashlib import blake2b

from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.errors import Conflict


def lock(*names: str, seconds: int = 5) -> None:
    """Hold the named locks until the transaction ends. Raises Conflict when somebody holds one for longer than `seconds`."""
    if not connection.in_atomic_block:
        raise RuntimeError("lock() outside a transaction would be released at once")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{seconds}s"])
        try:
            for key in _keys(names):
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
        except OperationalError as error:
            raise Conflict(_("别人正在办同一件事，请稍候再试。"), code="busy") from error


def _keys(names: Sequence[str]) -> list[int]:
    return sorted({int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), signed=True) for name in names})
