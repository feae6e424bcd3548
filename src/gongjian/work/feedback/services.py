"""Sending and answering complaints and suggestions."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.models import AuditEntry
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Office
from gongjian.work.feedback.models import Message

MOST_PER_HOUR = 100
MOST_PER_HOUR_FROM_ONE_ADDRESS = 20
"""A compound or a phone operator shares one address among many neighbors."""


@transaction.atomic
def send_message(
    actor: Any, *, office: Office, kind: str, text: str, page: str = "", contact: str = "", address: str = ""
) -> Message:
    """`actor` may be anonymous; `address` is where it comes from. Raises Invalid for an empty text, Conflict for a flood."""
    require(actor, "feedback.send")
    if len(text.strip()) < 4:
        raise Invalid(_("请写几个字，说说是什么事。"), code="text-missing", field="text")
    check_not_flooded(office, address)
    if kind not in Message.Kind.values:
        raise Invalid(_("请选是投诉还是建议。"), code="kind", field="kind")
    message = Message.objects.create(
        office=office,
        kind=kind,
        text=text.strip(),
        page=page[:300],
        contact=contact.strip(),
        token=secrets.token_urlsafe(32),
        received_at=clock.now(),
    )
    audit.record(actor, "feedback.send", message)
    return message


def check_not_flooded(office: Office, address: str) -> None:
    """Raises Conflict when too much came within the hour, from one address or altogether."""
    since = clock.now() - timedelta(hours=1)
    sent = AuditEntry.objects.filter(office_id=office.pk, action="feedback.send", at__gt=since)
    from_here = sent.filter(address=address).count() if address else 0
    if from_here >= MOST_PER_HOUR_FROM_ONE_ADDRESS or sent.count() >= MOST_PER_HOUR:
        raise Conflict(_("这一小时收到的太多了，请稍后再发，或直接打电话给街道。"), code="too-many")


@transaction.atomic
def answer_message(actor: Account, *, message: Message, answer: str) -> Message:
    """Raises Conflict if it was answered before."""
    require(actor, "feedback.answer", message)
    if len(answer.strip()) < 4:
        raise Invalid(_("请写明答复。"), code="answer-missing", field="answer")
    message = Message.objects.select_for_update().get(pk=message.pk)
    if message.state != Message.State.RECEIVED:
        raise Conflict(_("这一条已经答复过了。"), code="answered")
    message.mark_answered()
    message.answer, message.answered_at, message.answered_by = answer.strip(), clock.now(), actor
    message.save()
    audit.record(actor, "feedback.answer", message)
    return message
