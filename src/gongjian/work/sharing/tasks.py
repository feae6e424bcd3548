"""Work that runs by itself, office by office."""

from django_scopes import scope
from procrastinate.contrib.django import app

from gongjian.registry.models import Office
from gongjian.work.sharing.services.deciding import lapse_unanswered


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="sharing.lapse", pass_context=False)
def lapse_bookings(timestamp: int) -> None:
    """Every five minutes: what nobody answered, or what never came up, before its time."""
    for office in Office.objects.all():
        with scope(office=office):
            lapse_unanswered()
