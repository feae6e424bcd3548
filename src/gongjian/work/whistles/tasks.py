"""Work that runs by itself, office by office."""

from imaplib import IMAP4

import structlog
from django_scopes import get_scope, scope
from imap_tools import ImapToolsError
from procrastinate.contrib.django import app

from gongjian.registry.everywhere import in_every_office
from gongjian.work.whistles.mailbox.configuration import inbox as configured_inbox
from gongjian.work.whistles.mailbox.configuration import receiving_office
from gongjian.work.whistles.mailbox.polling import poll
from gongjian.work.whistles.services.escalating import check_clocks, end_suspensions, recompute_open
from gongjian.work.whistles.services.telling import tell_weekly
from gongjian.work.whistles.services.topics import propose_monthly

log = structlog.get_logger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="whistles.check_clocks", pass_context=False)
def check_all_clocks(timestamp: int) -> None:
    """Every minute. A missed run is made up by the next, since it takes whatever is due."""
    in_every_office(end_suspensions, check_clocks)


@app.task(queueing_lock="whistles.recompute", pass_context=False)
def recompute_clocks() -> None:
    """After the working calendar or the limits of a category were changed."""
    in_every_office(recompute_open)


@app.periodic(cron="0 0 * * 1")
@app.task(queueing_lock="whistles.tell_weekly", pass_context=False)
def tell_of_the_week(timestamp: int) -> None:
    """Monday at eight in Beijing, which is midnight UTC; the paper itself is made when somebody opens it."""
    in_every_office(lambda: tell_weekly(get_scope()["office"]))


@app.periodic(cron="40 5 * * *")
@app.task(queueing_lock="whistles.propose_topics", pass_context=False)
def propose_monthly_topics(timestamp: int) -> None:
    """Asked every day, so that a first of the month on which nothing ran is caught up; it proposes once a month."""
    in_every_office(propose_monthly)


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="whistles.read_mail", lock="whistles.read_mail", pass_context=False)
def read_mail(timestamp: int) -> None:
    """Every two minutes, if an inbox is configured. One that cannot be reached is tried again the next time."""
    inbox = configured_inbox()
    if inbox is None:
        return
    office = receiving_office()
    with scope(office=office):
        try:
            poll(inbox, office)
        except (OSError, ImapToolsError, IMAP4.error) as error:
            log.warning("mailbox_unreachable", host=inbox.host, why=type(error).__name__)
