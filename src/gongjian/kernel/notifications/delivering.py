"""Carrying notices to their channels: take, send, note what came of it.

Taking is a short transaction that moves a delivery's due moment on, so that no other worker takes it; nothing is locked
while the network is waited for. A worker killed in between leaves the delivery to be due again when the lease ends.
What it was sending then may arrive twice, since nobody can know whether it arrived.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import translation
from django_scopes import scope, scopes_disabled

from gongjian.kernel import clock
from gongjian.kernel.notifications import wording
from gongjian.kernel.notifications.hours import end_of_quiet
from gongjian.kernel.notifications.models import OPEN, Channel, Delivery, Notice
from gongjian.kernel.notifications.sending import SendingFailed, send
from gongjian.kernel.notifications.waking import wake

BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8))
LEASE = timedelta(minutes=10)
"""Longer than any sending may take."""
MOST_IN_A_DIGEST = 100
_State = Delivery.State
log = structlog.get_logger(__name__)


def deliver_due(channel_id: int) -> None:
    """Send what is due at the channel, until nothing is left or one failed: the next would wait as long for the same server."""
    with scopes_disabled():
        channel = Channel.objects.select_related("office").filter(pk=channel_id).first()
    if channel is None:
        return
    with scope(office=channel.office):
        while taken := take(channel_id):
            if not _carry(taken):
                break


@transaction.atomic
def take(channel_id: int) -> list[Delivery]:
    """What goes into the next message; empty if nothing is due or another worker has it."""
    channel = Channel.objects.select_for_update(no_key=True).filter(pk=channel_id).first()
    if channel is None:
        return []
    ready = _ready(channel, _due(channel))
    together = ready if channel.digest_hour is not None else ready[:1]
    for delivery in together:
        delivery.attempts += 1
        delivery.next_attempt_at = clock.now() + LEASE
        delivery.save(update_fields=["attempts", "next_attempt_at"])
    return together


def _due(channel: Channel) -> list[Delivery]:
    waiting = Delivery.objects.filter(channel=channel, state__in=OPEN, next_attempt_at__lte=clock.now())
    locked = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("notice__office", "channel")
    return list(locked.order_by("next_attempt_at", "notice_id")[:MOST_IN_A_DIGEST])


def _ready(channel: Channel, due: list[Delivery]) -> list[Delivery]:
    """Without those that can no longer be sent, and those that fall into quiet hours."""
    ready = []
    for delivery in due:
        if not _in_use(channel):
            give_up(delivery, "off")
        elif delivery.attempts > len(BACKOFF):
            give_up(delivery, delivery.last_error or "broken-off")
        elif (end := _silent_until(channel, delivery.notice)) is not None:
            _postpone(delivery, end)
        else:
            ready.append(delivery)
    return ready


def _in_use(channel: Channel) -> bool:
    return channel.enabled and bool(getattr(channel.owner, "is_active", True))


def _silent_until(channel: Channel, notice: Notice) -> datetime | None:
    """A test is sent whenever its owner asks for it."""
    now = clock.now()
    end = now if notice.kind == wording.TEST else end_of_quiet(channel, now, urgent=notice.urgent)
    return end if end > now else None


def _carry(taken: list[Delivery]) -> bool:
    channel = taken[0].channel
    assert channel is not None
    with translation.override(channel.language):
        title, body = wording.message([delivery.notice for delivery in taken])
    try:
        send(channel, title, body)
    except SendingFailed as failure:
        log.warning("notification failed", channel=channel.pk, reason=failure.code, attempt=taken[0].attempts)
        _note_failure(taken, failure.code)
        return False
    _note_sent(taken)
    return True


@transaction.atomic
def _note_sent(taken: list[Delivery]) -> None:
    """If the lease ran out and another worker took them meanwhile, it is that worker's word that counts."""
    for delivery in taken:
        ours = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, state__in=OPEN)
        ours.update(state=_State.SENT, sent_at=clock.now(), next_attempt_at=None, last_error="")


@transaction.atomic
def _note_failure(taken: list[Delivery], code: str) -> None:
    for delivery in taken:
        ours = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, state__in=OPEN)
        if delivery.attempts > len(BACKOFF):
            ours.update(state=_State.GIVEN_UP, next_attempt_at=None, last_error=code)
        else:
            again = clock.now() + BACKOFF[delivery.attempts - 1]
            ours.update(state=_State.FAILED, next_attempt_at=again, last_error=code)
            wake([delivery.channel_id] if delivery.channel_id else [], at=again)


def give_up(delivery: Delivery, code: str) -> None:
    delivery.state, delivery.next_attempt_at, delivery.last_error = _State.GIVEN_UP, None, code
    delivery.save(update_fields=["state", "next_attempt_at", "last_error"])


def _postpone(delivery: Delivery, until: datetime) -> None:
    delivery.next_attempt_at = until
    delivery.save(update_fields=["next_attempt_at"])
    wake([delivery.channel_id] if delivery.channel_id else [], at=until)
