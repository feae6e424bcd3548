"""Reminders, and hours that nobody ended."""

from procrastinate.contrib.django import app

from gongjian.registry.everywhere import in_every_office
from gongjian.work.volunteering.services.attending import close_forgotten
from gongjian.work.volunteering.services.reminding import remind


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="volunteering.remind", pass_context=False)
def remind_everywhere(timestamp: int) -> None:
    """Every ten minutes; a missed run is made up by the next."""
    in_every_office(remind)


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="volunteering.close_forgotten", pass_context=False)
def close_forgotten_everywhere(timestamp: int) -> None:
    in_every_office(close_forgotten)
