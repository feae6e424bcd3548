"""How the log looks its records up."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

_PLANS = {"enable_hashjoin": "off", "enable_mergejoin": "off", "max_parallel_workers_per_gather": "0", "work_mem": "64MB"}


@contextmanager
def by_key() -> Iterator[None]:
    """Inside the block, and the transaction around it, rows are joined by their keys alone.

    The planner, whose statistics lag behind a table that grows, would read the whole ledger for each piece of the log.
    """
    with connection.cursor() as cursor:
        for setting, value in _PLANS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
    yield
    with connection.cursor() as cursor:
        for setting in _PLANS:
            cursor.execute(f"SET LOCAL {setting} TO DEFAULT")
