"""Setting channels, trying one out, reading notices."""

from datetime import time, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.locking import lock
from gongjian.kernel.notifications import addresses, selectors, wording
from gongjian.kernel.notifications.delivering import give_up
from gongjian.kernel.notifications.hours import first_moment
from gongjian.kernel.notifications.models import OPEN, Channel, Delivery, Notice
from gongjian.kernel.notifications.outbox import dispatch_to
from gongjian.kernel.notifications.waking import wake
from gongjian.kernel.permissions import require

MOST_CHANNELS = 10
TESTS_PER_HOUR = 6


@transaction.atomic
def add_channel(
    actor: Any,
    *,
    owner: Any,
    name: str,
    url: str,
    language: str = Channel.Language.CHINESE,
    digest_hour: int | None = None,
    quiet_from: time | None = None,
    quiet_until: time | None = None,
    urgent_passes: bool = True,
) -> Channel:
    """`owner` is an account or an organization. Raises Invalid for an address that is not allowed, Conflict for too many."""
    require(actor, selectors.permission_for(owner), owner)
    lock(f"channels:{owner._meta.label_lower}:{owner.pk}")
    if selectors.channels_of(owner).count() >= MOST_CHANNELS:
        raise Conflict(_("渠道已经够多了，请先删掉不用的。"), code="too-many-channels")
    check_hours(digest_hour, quiet_from, quiet_until)
    url = addresses.understood(url)
    channel = owner.channels.create(
        office_id=owner.office_id,
        name=check_name(name),
        url=url,
        shown=addresses.shown(url),
        language=check_language(language),
        digest_hour=digest_hour,
        quiet_from=quiet_from,
        quiet_until=quiet_until,
        urgent_passes=urgent_passes,
        created_at=clock.now(),
    )
    audit.record(actor, "notifications.add_channel", channel, owner=str(owner), address=channel.shown)
    return channel  # type: ignore[no-any-return]


@transaction.atomic
def change_channel(
    actor: Any,
    *,
    channel: Channel,
    name: str,
    language: str,
    digest_hour: int | None,
    quiet_from: time | None,
    quiet_until: time | None,
    urgent_passes: bool,
    enabled: bool,
    url: str = "",
) -> Channel:
    """No `url` keeps the address. What waits is sent at the new hours."""
    require(actor, selectors.permission_for(channel.owner), channel.owner)
    check_hours(digest_hour, quiet_from, quiet_until)
    channel = _locked(channel)
    if url.strip():
        channel.url = addresses.understood(url)
        channel.shown = addresses.shown(channel.url)
    channel.name, channel.language, channel.digest_hour = check_name(name), check_language(language), digest_hour
    channel.quiet_from, channel.quiet_until = quiet_from, quiet_until
    channel.urgent_passes, channel.enabled = urgent_passes, enabled
    channel.save()
    _plan_anew(channel)
    audit.record(actor, "notifications.change_channel", channel, address=channel.shown, enabled=enabled)
    return channel


@transaction.atomic
def remove_channel(actor: Any, *, channel: Channel) -> None:
    """The log of what was sent there stays; what waits is given up."""
    require(actor, selectors.permission_for(channel.owner), channel.owner)
    channel = _locked(channel)
    for delivery in _waiting(channel):
        give_up(delivery, "removed")
    audit.record(actor, "notifications.remove_channel", channel, address=channel.shown)
    channel.delete()


@transaction.atomic
def send_test(actor: Any, *, channel: Channel) -> Delivery:
    """Put a test notice on its way to this channel alone. Raises Conflict when tried too often or switched off."""
    require(actor, selectors.permission_for(channel.owner), channel.owner)
    channel = _locked(channel)
    if not channel.enabled:
        raise Conflict(_("这个渠道停用了，请先启用。"), code="channel-off")
    since = clock.now() - timedelta(hours=1)
    if channel.deliveries.filter(notice__kind=wording.TEST, notice__created_at__gt=since).count() >= TESTS_PER_HOUR:
        raise Conflict(_("试得太多了，请过一会儿再试。"), code="too-many")
    notice = Notice.objects.create(
        office_id=channel.office_id,
        account=channel.account,
        organization=channel.organization,
        kind=wording.TEST,
        context={"channel": channel.name},
        urgent=True,
        created_at=clock.now(),
        read_at=clock.now(),
        read_by=actor,
    )
    audit.record(actor, "notifications.send_test", channel)
    return dispatch_to(notice, channel)


@transaction.atomic
def mark_read(actor: Any, *, notice: Notice) -> Notice:
    """Once read by one of those who speak for an organization, it counts as read for all of them."""
    require(actor, "notifications.read")
    selectors.unread(actor).filter(pk=notice.pk).update(read_at=clock.now(), read_by=actor)
    notice.refresh_from_db()
    return notice


@transaction.atomic
def mark_all_read(actor: Any) -> int:
    """How many there were."""
    require(actor, "notifications.read")
    return selectors.unread(actor).update(read_at=clock.now(), read_by=actor)


def check_name(name: str) -> str:
    if not name.strip():
        raise Invalid(_("请给渠道起个名字。"), code="name-missing", field="name")
    return name.strip()[:40]


def check_language(language: str) -> str:
    if language not in Channel.Language.values:
        raise Invalid(_("请选一种语言。"), code="language", field="language")
    return language


def check_hours(digest_hour: int | None, quiet_from: time | None, quiet_until: time | None) -> None:
    if digest_hour is not None and not 0 <= digest_hour < 24:
        raise Invalid(_("请选 0 到 23 点。"), code="digest-hour", field="digest_hour")
    if (quiet_from is None) != (quiet_until is None):
        raise Invalid(_("免打扰的起止时间要么都填，要么都不填。"), code="quiet-hours", field="quiet_until")


def _locked(channel: Channel) -> Channel:
    return Channel.objects.select_for_update(no_key=True).get(pk=channel.pk)


def _waiting(channel: Channel) -> list[Delivery]:
    return list(channel.deliveries.select_for_update(of=("self",)).filter(state__in=OPEN).select_related("notice"))


def _plan_anew(channel: Channel) -> None:
    """Those not yet tried; a retry keeps its moment."""
    moments = set()
    for delivery in _waiting(channel):
        if delivery.attempts == 0:
            delivery.next_attempt_at = first_moment(channel, urgent=delivery.notice.urgent, now=clock.now())
            delivery.save(update_fields=["next_attempt_at"])
            moments.add(delivery.next_attempt_at)
    for moment in moments:
        wake([channel.pk], at=moment)
