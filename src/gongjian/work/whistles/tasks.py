"""Work that runs by itself, office by office."""

from collections.abc import Callable

from django_scopes import scope
from procrastinate.contrib.django import app

from gongjian.registry.models import Office
from gongjian.work.whistles.services.escalating import check_clocks, end_suspensions, recompute_open


def _everywhere(work: Callable[[], object]) -> None:
    for office in Office.objects.all():
        with scope(office=office):
            work()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="whistles.check_clocks", pass_context=False)
def check_all_clocks(timestamp: int) -> None:
    """Every minute. A missed run is made up by the next, since it takes whatever is due."""
    _everywhere(end_suspensions)
    _everywhere(check_clocks)


@app.task(queueing_lock="whistles.recompute", pass_context=False)
def recompute_clocks() -> None:
    """After the working calendar or the limits of a category were changed."""
    _everywhere(recompute_open)
