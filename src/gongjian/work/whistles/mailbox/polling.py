"""Reading the inbox: a letter is stored, then flagged. Who is killed between the two stores it no second time.

Anything that cannot be made a whistle of goes to a folder of its own, for a person to look at, and stops no other letter.
"""

from collections import Counter
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from imap_tools import AND, BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted, MailMessageFlags

from gongjian.kernel.errors import Conflict, DomainError
from gongjian.kernel.rates import spend
from gongjian.registry.models import Office
from gongjian.work.whistles.mailbox.configuration import Inbox
from gongjian.work.whistles.mailbox.letters import number_of, report_of, why_ignored
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.services.intake import take_in

log = structlog.get_logger(__name__)
UNREADABLE = "Gongjian-Unreadable"
AT_ONCE = 50
MOST_PER_HOUR_FROM_ONE_SENDER = 20
SECONDS = 30


def poll(inbox: Inbox, office: Office) -> Counter[str]:
    """What became of the letters that were not read yet: taken, known, ignored, unreadable. At most AT_ONCE of them."""
    became: Counter[str] = Counter()
    with _opened(inbox) as mailbox:
        waiting = list(mailbox.fetch(AND(seen=False), headers_only=True, mark_seen=False, limit=AT_ONCE))
        for head in waiting:
            became[_deal_with(mailbox, head, office)] += 1
    return became


def _opened(inbox: Inbox) -> AbstractContextManager[BaseMailBox]:
    kinds = {"imaps": MailBox, "imap": MailBoxUnencrypted if inbox.is_local else MailBoxStartTls}
    mailbox = kinds[inbox.scheme](inbox.host, inbox.port, timeout=SECONDS)
    opened: AbstractContextManager[BaseMailBox] = mailbox.login(inbox.user, inbox.password, initial_folder=inbox.folder)
    return opened


def _deal_with(mailbox: BaseMailBox, head: Any, office: Office) -> str:
    why = why_ignored(head)
    if why:
        log.info("mail_ignored", uid=head.uid, why=why)
        mailbox.flag(head.uid, MailMessageFlags.SEEN, True)  # noqa: FBT003
        return "ignored"
    try:
        became = _read(mailbox, head.uid, office)
    except (DomainError, ValueError, LookupError, TypeError, AttributeError) as error:  # what parsing a bent mail raises
        log.warning("mail_unreadable", uid=head.uid, why=getattr(error, "code", type(error).__name__))
        _put_aside(mailbox, head.uid)
        return "unreadable"
    mailbox.flag(head.uid, MailMessageFlags.SEEN, True)  # noqa: FBT003
    return became


def _read(mailbox: BaseMailBox, uid: str, office: Office) -> str:
    message = next(iter(mailbox.fetch(AND(uid=uid), mark_seen=False)), None)
    if message is None:
        return "gone"
    if _is_known(number_of(message)):
        return "known"
    try:
        _store(message, office)
    except Conflict:
        return "known"
    return "taken"


def _is_known(number: str) -> bool:
    return Whistle.objects.filter(source=Whistle.Source.MAIL, external_number=number).exists()


@transaction.atomic
def _store(message: Any, office: Office) -> Whistle:
    """Raises Invalid for a letter without words, TooMany for the twenty-first of one sender within an hour."""
    sender = f"whistles.mail:{office.pk}:{message.from_.lower()}"
    spend(sender, most=MOST_PER_HOUR_FROM_ONE_SENDER, within=timedelta(hours=1))
    return take_in(None, office=office, report=report_of(message), source=Whistle.Source.MAIL)


def _put_aside(mailbox: BaseMailBox, uid: str) -> None:
    if not mailbox.folder.exists(UNREADABLE):
        mailbox.folder.create(UNREADABLE)
    mailbox.move(uid, UNREADABLE)
