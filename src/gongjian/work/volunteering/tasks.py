"""Work that runs by itself, office by office."""

from collections.abc import Callable

from django_scopes import scope
from procrastinate.contrib.django import app

from gongjian.registry.models import Office
from gongjian.work.volunteering import certificate_tasks, roster_tasks
from gongjian.work.volunteering.services.attending import close_forgotten
from gongjian.work.volunteering.services.reminding import remind

__all__ = ["certificate_tasks", "roster_tasks"]


def _everywhere(work: Callable[[], object]) -> None:
    for office in Office.objects.all():
        with scope(office=office):
            work()


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="volunteering.remind", pass_context=False)
def remind_everywhere(timestamp: int) -> None:
    """Every ten minutes; a missed run is made up by the next."""
    _everywhere(remind)


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="volunteering.close_forgotten", pass_context=False)
def close_forgotten_everywhere(timestamp: int) -> None:
    _everywhere(close_forgotten)
