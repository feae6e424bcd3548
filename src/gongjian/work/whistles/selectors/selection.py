"""The selection that board, list, map and export show, as one query within what the account reaches."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gongjian.registry.models import Account, Role
from gongjian.work.whistles import wording
from gongjian.work.whistles.models import OPEN_STATES, Dispatch, Pause, Whistle
from gongjian.work.whistles.models.whistles import BEFORE_DISPATCH, ENDED_STATES, State
from gongjian.work.whistles.selectors.reach import speaks_for, visible

GROUPS = {
    "open": _("正在办的"),
    "mine": _("等我办的"),
    "overdue": _("超期的"),
    "suspended": _("停着钟的"),
    "ended": _("办完的"),
    "all": _("全部"),
}
RELATED = ("category", "place", "community", "lead")
_SHOWN = (
    *("text", "state", "grade", "color", "voices", "suspended", "received_at"),
    *("responded_at", "reported_at", "response_due_at", "resolution_due_at"),
    *("category__major", "category__minor", "place__name", "lead__name", "lead__short_name"),
)
NEWEST = ("-received_at", "-id")
MOST_URGENT = ("resolution_due_at", "id")
"""By a partial index over what is open; whistles with stopped clocks have no date and come last."""
NUMBER = re.compile(r"(?:\d{4}-)?0*(\d{1,18})")


@dataclass(frozen=True)
class Selection:
    """`state` is a key of GROUPS or one state; everything empty is everything that is open."""

    words: str = ""
    state: str = "open"
    community: int | None = None
    major: str = ""
    category: str = ""
    lead: int | None = None
    source: str = ""
    grade: str = ""
    color: int | None = None
    since: date | None = None
    until: date | None = None


def select(account: Account, chosen: Selection) -> QuerySet[Whistle]:
    """Unordered. Only what the account reaches."""
    found = visible(account).select_related(*RELATED).filter(_in_state(account, chosen.state), **_equal_to(chosen))
    if chosen.words:
        found = found.filter(answering_to(chosen.words))
    if chosen.since:
        found = found.filter(received_at__gte=_midnight(chosen.since))
    if chosen.until:
        found = found.filter(received_at__lt=_midnight(chosen.until + timedelta(days=1)))
    return found


def shown(found: QuerySet[Whistle]) -> QuerySet[Whistle]:
    """With what a row or card says and no more: names and phones would have to be decrypted."""
    return found.select_related(None).select_related("category", "place", "lead").only(*_SHOWN)


def answering_to(words: str) -> Q:
    """By number, or by what was said."""
    query: Q = wording.search_query(words)
    if number := NUMBER.fullmatch(words):
        query |= Q(pk=int(number[1]))
    return query


def _equal_to(chosen: Selection) -> dict[str, Any]:
    wanted = {
        "community": chosen.community,
        "category__major": chosen.major,
        "category__code": chosen.category,
        "lead": chosen.lead,
        "source": chosen.source,
        "grade": chosen.grade,
        "color": chosen.color,
    }
    return {name: value for name, value in wanted.items() if value not in ("", None)}


def _in_state(account: Account, state: str) -> Q:
    if state in State.values:
        return Q(state=state)
    groups = {
        "all": Q(),
        "overdue": Q(state__in=OPEN_STATES, color=Whistle.Color.RED),
        "suspended": Q(state__in=OPEN_STATES, suspended=True),
        "ended": Q(state__in=ENDED_STATES),
    }
    if state == "mine":
        return waiting_for(account)
    return groups.get(state, Q(state__in=OPEN_STATES))


def waiting_for(account: Account) -> Q:
    """What the account itself must do next something about."""
    waiting = Q(pk__in=_dispatched_to(account))
    if account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER):
        objected = Dispatch.objects.filter(state=Dispatch.State.OBJECTED).values("whistle")
        asked = Pause.objects.filter(state=Pause.State.ASKED).exclude(asked_by=account).values("whistle")
        office = Q(state__in=(*BEFORE_DISPATCH, State.RETURNED, State.PENDING)) | Q(pk__in=objected) | Q(pk__in=asked)
        return waiting | office
    if account.holds(Role.COMMUNITY_WORKER):
        own = [one.community_id for one in account.active_assignments if one.role == Role.COMMUNITY_WORKER]
        waiting |= Q(state__in=(State.REPORTED, State.RATED), community__in=own)
    return waiting


def _dispatched_to(account: Account) -> "QuerySet[Dispatch, Any]":
    return Dispatch.objects.filter(organization__in=speaks_for(account), state__in=Dispatch.WAITING).values("whistle")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
