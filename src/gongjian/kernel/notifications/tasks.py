"""Work that runs by itself."""

from django_scopes import scopes_disabled
from procrastinate.contrib.django import app

from gongjian.kernel.notifications import waking
from gongjian.kernel.notifications.delivering import deliver_due
from gongjian.kernel.notifications.selectors import channels_with_something_due


@app.task(name=waking.DELIVER)
def deliver(channel_id: int) -> None:
    deliver_due(channel_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="gongjian.kernel.notifications.tasks.sweep", queueing_lock="notifications.sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Every five minutes: what a killed worker left, and whatever job went missing. Costs nothing when nothing is due."""
    with scopes_disabled():
        waking.wake(channels_with_something_due())
