"""Work that runs by itself, office by office."""

from procrastinate.contrib.django import app

from gongjian.registry.everywhere import in_every_office
from gongjian.work.sharing.services.deciding import lapse_unanswered
from gongjian.work.sharing.services.forgetting import forget_bookers


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="sharing.lapse", pass_context=False)
def lapse_bookings(timestamp: int) -> None:
    """Every five minutes: what nobody answered, or what never came up, before its time."""
    in_every_office(lapse_unanswered)


@app.periodic(cron="37 3 * * *")
@app.task(queueing_lock="sharing.forget", pass_context=False)
def forget_old_bookers(timestamp: int) -> None:
    """Every night: names and telephones of bookings long over."""
    in_every_office(forget_bookers)
