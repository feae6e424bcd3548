"""Telling somebody something: rows in the caller's transaction, and a job that commits with them or not at all."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q, QuerySet
from django_scopes import get_scope

from gongjian.kernel import clock
from gongjian.kernel.kept import is_keeping, kept
from gongjian.kernel.notifications import wording
from gongjian.kernel.notifications.hours import first_moment
from gongjian.kernel.notifications.models import Channel, Delivery, Notice
from gongjian.kernel.notifications.waking import wake

Channels = dict[tuple[int | None, int | None], list[Channel]]


def notify(
    recipients: Iterable[Any],
    kind: str,
    context: Mapping[str, str],
    *,
    url: str = "",
    urgent: bool = False,
    key: str = "",
) -> list[Notice]:
    """Tell accounts and organizations. Returns the new notices: none for those who were told under this `key` before.

    Raises what `composed` raises.
    """
    notices = composed(recipients, kind, context, url=url, urgent=urgent, key=key)
    with transaction.atomic(savepoint=False):
        written = _write(notices)
        deliveries = addressed(written)
        if deliveries:
            Delivery.objects.bulk_create(deliveries)
            send_on(deliveries)
    return written


def composed(
    recipients: Iterable[Any],
    kind: str,
    context: Mapping[str, str],
    *,
    url: str = "",
    urgent: bool = False,
    key: str = "",
) -> list[Notice]:
    """Notices for accounts and organizations, unsaved, for whoever writes them along with other rows; so are `addressed`.

    `context` fills the template of `kind` and leaves the house: no secrets, no numbers of persons. `url` is a path of ours.
    Raises KeyError for a kind that no room announces, TypeError for a recipient or a value of another type, ValueError for
    somebody of another office.
    """
    if wording.template(kind) is None:
        raise KeyError(kind)
    if not all(isinstance(value, str) for value in context.values()):
        raise TypeError(f"the context of {kind} must hold strings only")
    details = {"kind": kind, "context": dict(context), "url": url, "urgent": urgent, "key": key, "created_at": clock.now()}
    whom = [to for to in dict.fromkeys(recipients) if getattr(to, "is_active", True)]
    return _of_this_office([Notice(**_recipient(to), **details) for to in whom])


def dispatch_to(notice: Notice, channel: Channel) -> Delivery:
    """Send `notice` to this one channel now, whatever its hours."""
    delivery = _delivery(notice, channel, clock.now())
    delivery.next_attempt_at = clock.now()
    delivery.save()
    wake([channel.pk])
    return delivery


def _recipient(to: Any) -> dict[str, Any]:
    if isinstance(to, get_user_model()):
        return {"account": to, "office_id": to.office_id}
    if isinstance(to, apps.get_model("registry.Organization")):
        return {"organization": to, "office_id": to.office_id}
    raise TypeError(f"{type(to).__name__} cannot be told anything: only accounts and organizations")


def _of_this_office(notices: list[Notice]) -> list[Notice]:
    """Raises ValueError for somebody of another office: what is inserted passes no scope by itself."""
    office = get_scope().get("office")
    if office is not None and any(notice.office_id != office.pk for notice in notices):
        raise ValueError("nobody of another office can be told anything")
    return notices


def _write(notices: list[Notice]) -> list[Notice]:
    """Those that are new. A key taken by another transaction is waited for; without a key all are."""
    if not any(notice.key for notice in notices):
        return Notice.objects.bulk_create(notices)
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    new = set(Notice.objects.filter(pk__in=[notice.pk for notice in notices]).values_list("pk", flat=True))
    return [notice for notice in notices if notice.pk in new]


def addressed(notices: list[Notice]) -> list[Delivery]:
    """To the channels of those who are told, unsaved."""
    now = clock.now()
    return [_delivery(notice, channel, now) for notice, channel in _channels_of(notices)]


def send_on(deliveries: list[Delivery]) -> None:
    """A job for what is due, once it is written."""
    for moment, due in groupby(sorted(deliveries, key=_due), key=_due):
        wake({one.channel_id for one in due if one.channel_id}, at=moment)


def _channels_of(notices: list[Notice]) -> Iterable[tuple[Notice, Channel]]:
    channels = _channels(notices) if notices else {}
    for notice in notices:
        for channel in channels.get((notice.account_id, notice.organization_id), ()):
            yield notice, channel


def _channels(notices: list[Notice]) -> Channels:
    """Enabled ones by whose they are: of the office where they are kept, else of those who are told."""
    if is_keeping():
        return kept("notifications.channels", lambda: _by_owner(Channel.objects.all()))
    accounts = [notice.account_id for notice in notices if notice.account_id]
    organizations = [notice.organization_id for notice in notices if notice.organization_id]
    return _by_owner(Channel.objects.filter(Q(account__in=accounts) | Q(organization__in=organizations)))


def _by_owner(channels: "QuerySet[Channel]") -> Channels:
    found: Channels = {}
    for channel in channels.filter(enabled=True).defer("url"):
        found.setdefault((channel.account_id, channel.organization_id), []).append(channel)
    return found


def _delivery(notice: Notice, channel: Channel, now: datetime) -> Delivery:
    return Delivery(
        office_id=notice.office_id,
        notice=notice,
        channel=channel,
        sent_to=channel.name,
        next_attempt_at=first_moment(channel, urgent=notice.urgent, now=now),
    )


def _due(delivery: Delivery) -> Any:
    return delivery.next_attempt_at
