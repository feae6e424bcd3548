"""Deferring the job that delivers. By name, because the job itself defers its retries here."""

from collections.abc import Iterable
from datetime import datetime

from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from gongjian.kernel import clock

DELIVER = "gongjian.kernel.notifications.tasks.deliver"


def wake(channels: Iterable[int], *, at: datetime | None = None) -> None:
    """Have what is due at these channels delivered, now or at a moment; commits with the transaction."""
    later = at if at is not None and at > clock.now() else None
    jobs: list[dict[str, JSONValue]] = [{"channel_id": channel} for channel in sorted(channels)]
    if jobs:
        app.configure_task(DELIVER, schedule_at=later).batch_defer(*jobs)
