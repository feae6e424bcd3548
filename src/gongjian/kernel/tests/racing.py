"""Many at the same moment, over connections of their own."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django_scopes import scope

from gongjian.kernel.errors import Conflict


def at_once(office: Any, *acts: Callable[[], Any]) -> Counter[str]:
    """What became of each act, begun together: done, or the code of the conflict."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> str:
        with connection.cursor():
            start.wait()
        try:
            with scope(office=office):
                act()
            return "done"
        except Conflict as error:
            return error.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return Counter(pool.map(run, acts))
