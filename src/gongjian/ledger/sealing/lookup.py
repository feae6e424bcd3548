"""How the log looks its records up."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection

_ALONE = {"max_parallel_workers_per_gather": "0", "jit": "off", "work_mem": "64MB"}
_BY_KEY = _ALONE | {"enable_hashjoin": "off", "enable_mergejoin": "off"}


@contextmanager
def by_key() -> Iterator[None]:
    """Inside the block, and the transaction around it, rows are joined by their keys alone.

    The planner, whose statistics lag behind a table that grows, would read the whole ledger for each piece of the log.
    """
    with _planned(_BY_KEY):
        yield


@contextmanager
def piece_by_piece() -> Iterator[None]:
    """Inside the block, and the transaction around it, many short queries run without what long ones need to warm up."""
    with _planned(_ALONE):
        yield


@contextmanager
def _planned(plans: Mapping[str, str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        for setting, value in plans.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [setting, value])
    yield
    with connection.cursor() as cursor:
        for setting in plans:
            cursor.execute(f"SET LOCAL {setting} TO DEFAULT")
