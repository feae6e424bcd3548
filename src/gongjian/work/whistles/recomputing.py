"""Asking for all open clocks to be computed anew."""

from typing import Any

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued


def recompute_later(**signal: Any) -> None:
    """In the caller's transaction: the job exists when, and only when, the change is committed. One that waits is enough.

    Also receives `calendar_changed`.
    """
    from gongjian.work.whistles.tasks import recompute_clocks

    try:
        with transaction.atomic():
            recompute_clocks.defer()
    except AlreadyEnqueued:
        pass
