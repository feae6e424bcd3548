"""Questions that machines ask about whistles."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.registry.models import Account
from gongjian.work.whistles.models import OPEN_STATES, Dispatch, Whistle
from gongjian.work.whistles.selectors.reach import visible

NEWEST_FIRST = ("-received_at", "-id")
PLAIN = {"state": "state", "category": "category__code", "community": "community__code", "source": "source"}


def find_whistles(account: Account, wanted: Mapping[str, Any]) -> QuerySet[Whistle]:
    """`wanted` has the fields of the API's query; empty ones do not narrow."""
    chosen = {path: wanted[name] for name, path in PLAIN.items() if wanted.get(name)}
    if wanted.get("external_number"):
        chosen["external_number"] = wanted["external_number"]
    found = visible(account).filter(**chosen).filter(_received(wanted.get("since"), wanted.get("until")))
    if wanted.get("open") is not None:
        found = found.filter(state__in=OPEN_STATES) if wanted["open"] else found.exclude(state__in=OPEN_STATES)
    if wanted.get("organization") is not None:
        found = found.filter(pk__in=_sent_to(wanted["organization"]))
    if wanted.get("overdue"):
        found = found.filter(color=Whistle.Color.RED)
    return found.select_related("category", "place", "community")


def _sent_to(organization: int) -> "QuerySet[Dispatch, int]":
    live = Dispatch.objects.exclude(state=Dispatch.State.RECALLED)
    return live.filter(organization=organization).values_list("whistle_id", flat=True)


def _received(since: date | None, until: date | None) -> Q:
    """Whole days of the office. Raises Invalid for days that no clock shows."""
    asked = Q()
    try:
        if since:
            asked &= Q(received_at__gte=midnight(since))
        if until:
            asked &= Q(received_at__lt=midnight(until + timedelta(days=1)))
    except (OverflowError, ValueError) as error:
        raise Invalid(_("没有这一天。"), code="date", field="since") from error
    return asked


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def shown_to_anybody() -> QuerySet[Whistle]:
    """That there is such a whistle is no secret, except before it was blown and where secrecy was the reason to refuse it."""
    hidden = Q(state__in=["draft", "pending"]) | Q(not_accepted_reason=Whistle.NotAcceptedReason.SECRET)
    return Whistle.objects.exclude(hidden)


def whose_business(account: Account | None, whistles: Iterable[Whistle]) -> set[int]:
    """Keys of those among `whistles` that `account` may see in full."""
    if account is None:
        return set()
    return set(visible(account).filter(pk__in=[whistle.pk for whistle in whistles]).values_list("pk", flat=True))
