"""`gongjian worker`: Procrastinate's worker through Django, with Django's structured logs."""

from collections.abc import Sequence

from gongjian.operations.database import running_database
from gongjian.operations.heaps import share_heaps
from gongjian.operations.supervisor import end_with_supervisor


def worker(arguments: Sequence[str]) -> int:
    """Passes further options on; Procrastinate itself ends in good order on SIGTERM."""
    from django.core.management import execute_from_command_line

    end_with_supervisor()
    share_heaps()
    with running_database():
        execute_from_command_line(["gongjian", "procrastinate", "worker", *arguments])
    return 0
