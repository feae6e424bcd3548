"""Housekeeping that runs by itself."""

from datetime import timedelta

from procrastinate.contrib.django import app

from gongjian.kernel import clock
from gongjian.kernel.models import Allowance, Submission
from gongjian.kernel.notifications import tasks as notification_tasks
from gongjian.kernel.sheets import tasks as sheet_tasks

__all__ = ["forget_old_allowances", "forget_old_submissions", "notification_tasks", "sheet_tasks"]

KEPT = timedelta(days=30)
"""How long a repeated request is recognized as one."""


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="kernel.forget_submissions", pass_context=False)
def forget_old_submissions(timestamp: int) -> None:
    """Every night; a missed one is made up by the next."""
    Submission.objects.filter(at__lt=clock.now() - KEPT).delete()


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="kernel.forget_allowances", pass_context=False)
def forget_old_allowances(timestamp: int) -> None:
    """Every night; no window is longer than a day."""
    Allowance.objects.filter(since__lt=clock.now() - timedelta(days=2)).delete()
