"""Whom an account should see to soon."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem
from gongjian.registry.models import Account, Place, Role
from gongjian.registry.selectors import communities
from gongjian.work.care.models import Pairing
from gongjian.work.care.selectors.crediting import last_of_month, uncredited_months
from gongjian.work.care.selectors.pairings import SOON, seen_by

MOST = 20
CREDIT_WITHIN = timedelta(days=10)


def desk_items(account: Account | Any) -> list[DeskItem]:
    if not may(account, "care.look") or account.holds(Role.AUDITOR, Role.OFFICE_LEADER):
        return []
    # A clerk sees to nobody: only what is late, so that somebody asks why.
    until = clock.now() + (timedelta() if account.holds(Role.OFFICE_CLERK) else SOON)
    due = seen_by(account).filter(due_at__lt=until).order_by("due_at", "pk")[:MOST]
    return [*(_visit(pairing) for pairing in due), *_credits(account)]


def _visit(pairing: Pairing) -> DeskItem:
    return DeskItem(
        room=_("结对关爱"),
        title=_("联系%(elder)s") % {"elder": pairing.elder},
        detail=f"{pairing.community} · {pairing.who_cares}",
        url=reverse("care:visit", args=[pairing.pk]),
        action=_("记探访"),
        due=pairing.due_at,
    )


def _credits(account: Account) -> Iterator[DeskItem]:
    if not account.holds(Role.COMMUNITY_WORKER):
        return
    own = {place.pk: place for place in own_communities(account)}
    for pk, month in uncredited_months(list(own.values()))[:MOST]:
        yield DeskItem(
            room=_("结对关爱"),
            title=_("%(month)s的探访记进台账") % {"month": date_format(month, "YEAR_MONTH_FORMAT")},
            detail=str(own[pk]),
            url=reverse("care:credits"),
            action=_("记进台账"),
            due=_midnight(last_of_month(month) + CREDIT_WITHIN),
        )


def own_communities(account: Account) -> list[Place]:
    """Those whose visits the account may put into the ledger."""
    found = communities()
    return list(found if account.holds(Role.OFFICE_CLERK) else found.filter(path__in=account.community_paths()))


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
