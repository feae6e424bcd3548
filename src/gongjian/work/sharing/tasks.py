"""Work that runs by itself, office by office."""

from procrastinate.contrib.django import app

from gongjian.registry.everywhere import in_every_office
from gongjian.work.sharing.services.deciding import lapse_unanswered


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="sharing.lapse", pass_context=False)
def lapse_bookings(timestamp: int) -> None:
    """Every five minutes: what nobody answered, or what never came up, before its time."""
    in_every_office(lapse_unanswered)
