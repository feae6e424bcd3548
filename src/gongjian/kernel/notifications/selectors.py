"""Questions about notices and channels."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Missing
from gongjian.kernel.notifications.models import OPEN, Channel, Delivery, Notice
from gongjian.kernel.permissions import may


def inbox(account: Any) -> QuerySet[Notice]:
    """What the account was told, itself or as one who speaks for an organization; newest first."""
    return Notice.objects.filter(_addressed_to(account)).select_related("organization").order_by("-created_at", "-pk")


def unread(account: Any) -> QuerySet[Notice]:
    return Notice.objects.filter(_addressed_to(account), read_at__isnull=True)


def unread_count(account: Any) -> int:
    """One query; counts no further than 100."""
    return unread(account)[:100].count()


def get_notice(account: Any, pk: UUID) -> Notice:
    """Raises Missing, also for somebody else's."""
    notice = inbox(account).filter(pk=pk).first()
    if notice is None:
        raise Missing(_("没有这条通知。"))
    return notice


def channels_of(owner: Any) -> QuerySet[Channel]:
    """Of one account or organization, the oldest first."""
    return Channel.objects.filter(pk__in=owner.channels.values("pk")).select_related("account", "organization")


def get_channel(account: Any, pk: int) -> Channel:
    """Raises Missing, also for one that the account may not manage."""
    channel = Channel.objects.select_related("account", "organization").filter(pk=pk).first()
    if channel is None or not may_manage(account, channel.owner):
        raise Missing(_("没有这个通知渠道。"))
    return channel


def may_manage(account: Any, owner: Any) -> bool:
    return may(account, permission_for(owner), owner)


def permission_for(owner: Any) -> str:
    """An account is known by having a password; the kernel does not know organizations."""
    return "notifications.manage_own" if hasattr(owner, "check_password") else "notifications.manage_of_organization"


def recent_deliveries(channel: Channel) -> QuerySet[Delivery]:
    return channel.deliveries.select_related("notice").order_by("-pk")


def channels_with_something_due() -> list[int]:
    """Over all offices; outside their scopes."""
    due = Delivery.objects.filter(state__in=OPEN, next_attempt_at__lte=clock.now(), channel__isnull=False)
    return [int(pk) for pk in due.order_by("channel").values_list("channel", flat=True).distinct() if pk is not None]


def _addressed_to(account: Any) -> Q:
    return Q(account=account) | Q(organization__in=account.organization_ids())
