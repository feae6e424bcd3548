"""Questions about complaints and suggestions."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem
from gongjian.registry.models import Account
from gongjian.work.feedback.models import Message

ANSWER_WITHIN = timedelta(days=7)
"""The office's own promise on the page; no rule sets it."""


def inbox(state: str = "") -> QuerySet[Message]:
    """Newest first; what still waits for an answer, oldest first."""
    messages = Message.objects.order_by("received_at" if state == Message.State.RECEIVED else "-received_at")
    return messages.filter(state=state) if state in Message.State.values else messages


def get_message(pk: int) -> Message:
    """Raises Missing."""
    message = Message.objects.select_related("answered_by").filter(pk=pk).first()
    if message is None:
        raise Missing(_("没有这条投诉建议。"))
    return message


def follow(token: str) -> Message:
    """By its secret token. Raises Missing."""
    message = Message.objects.filter(token=token).first()
    if message is None:
        raise Missing(_("没有找到：请核对链接是否完整。"))
    return message


def answer_by(message: Message) -> datetime:
    return message.received_at + ANSWER_WITHIN


def desk_items(account: Account) -> list[DeskItem]:
    if not may(account, "feedback.answer"):
        return []
    return [
        DeskItem(
            room=_("投诉建议"),
            title=str(message),
            detail=message.get_kind_display(),
            url=reverse("feedback:message", args=[message.pk]),
            action=_("答复"),
            due=answer_by(message),
        )
        for message in inbox(Message.State.RECEIVED)[:20]
    ]
