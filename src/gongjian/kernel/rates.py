"""How often something may happen: counted in the database, so that all processes and hosts count together."""

import hashlib
from datetime import timedelta

from django.db import connection
from django.utils.translation import gettext_lazy as _

from gongjian.kernel import clock
from gongjian.kernel.errors import DomainError

_SPEND = """
    INSERT INTO kernel_allowance AS known (key, since, spent) VALUES (%(key)s, %(now)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        since = CASE WHEN known.since <= %(begin)s THEN %(now)s ELSE known.since END,
        spent = CASE WHEN known.since <= %(begin)s THEN 1 ELSE known.spent + 1 END
    RETURNING spent
"""


class TooMany(DomainError):
    """Asked more often than is allowed; later it will be answered."""

    code = "too-many"
    status = 429


def spend(key: str, *, most: int, within: timedelta) -> None:
    """Count one more of `key`. Raises TooMany beyond `most` in a window of `within` that began with the first.

    Part of the caller's transaction: what is rolled back was not spent.
    """
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, {"key": hashlib.sha256(key.encode()).hexdigest(), "now": now, "begin": now - within})
        spent = cursor.fetchone()[0]
    if spent > most:
        raise TooMany(_("来得太密了，请过一会儿再试；急事请直接打电话。"))
