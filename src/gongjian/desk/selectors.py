"""Questions that reach over all rooms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, QuerySet
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.due import Due, due
from gongjian.kernel.quantities import Approximation, Quantity
from gongjian.kernel.rooms import DeskItem, Found, rooms
from gongjian.ledger.models import CurrentTally, Deed, DeedKind
from gongjian.ledger.selectors import NEWEST_FIRST, with_level
from gongjian.ledger.statistics import Slice, total, totals_by
from gongjian.registry.models import Account


@dataclass(frozen=True)
class ToDo:
    """A desk item with its deadline in words."""

    item: DeskItem
    due: Due


def things_to_do(account: Account | Any) -> list[ToDo]:
    """Over all rooms, the earliest deadline first, those without one last."""
    now = clock.now()
    items = [item for room in rooms() for item in room.desk_items(account)]
    items.sort(key=lambda item: (item.due is None, item.due or now))
    return [ToDo(item, due(item.due, now)) for item in items]


def find(account: Any, words: str) -> list[Found]:
    """Over all rooms; nothing for no words."""
    return [hit for room in rooms() for hit in room.search(account, words)] if words else []


@dataclass(frozen=True)
class LinkedFigure:
    """A figure that leads to the deeds it counts."""

    label: Any
    value: Quantity
    url: str


@dataclass(frozen=True)
class Period:
    """A month or a year of public deeds."""

    first: date
    last: date
    deeds: int
    figures: list[LinkedFigure]

    @property
    def is_month(self) -> bool:
        return (self.first.year, self.first.month) == (self.last.year, self.last.month)

    @property
    def url(self) -> str:
        return deeds_url(since=self.first, until=self.last)


def lately_in_figures(*, figures: int = 5) -> Period | None:
    """This month in public deeds; where it has none yet, the latest year that has; None before the first deed."""
    today = clock.today()
    past = CurrentTally.objects.filter(public=True, deeds__gt=0, month__lte=today)
    latest = past.aggregate(month=Max("month"))["month"]
    if latest is None:
        return None
    if latest == today.replace(day=1):
        first, last = latest, (latest + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    else:
        first, last = latest.replace(month=1), latest.replace(month=12, day=31)
    wanted = Slice(since=first, until=last, public_only=True)
    largest = sorted(figures_by_kind(wanted), key=lambda figure: -figure.value.value)
    return Period(first, last, total(wanted).deeds, largest[:figures])


def figures_by_kind(wanted: Slice) -> list[LinkedFigure]:
    """The quantities of each kind of deed that is counted in a unit, those with most deeds first."""
    kinds = DeedKind.objects.in_bulk()
    exactness = _exactness(wanted)
    return [
        LinkedFigure(
            kind,
            Quantity(Decimal(row["quantity"]), kind.unit, exactness.get(kind.code, Approximation.EXACT)),
            deeds_url(kind=kind.code, organization=wanted.organization, since=wanted.since, until=wanted.until),
        )
        for row in totals_by(wanted, ["kind"])
        if (kind := kinds[row["kind"]]).unit and row["quantity"]
    ]


def _exactness(wanted: Slice) -> dict[str, str]:
    """How exact each kind's sum is: one "over" makes it "over"; "nearly" and "over" together make it "about"."""
    found: dict[str, set[str]] = {}
    deeds = public_deeds(since=wanted.since, until=wanted.until, organization=wanted.organization)
    rough = deeds.exclude(approximation=Approximation.EXACT).order_by().values_list("kind", "approximation").distinct()
    for kind, approximation in rough:
        found.setdefault(kind, set()).add(approximation)
    return {kind: marks.pop() if len(marks) == 1 else Approximation.ABOUT for kind, marks in found.items()}


def public_deeds(
    *,
    kind: str = "",
    category: str = "",
    organization: int | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Deed]:
    """What the public figures count: public deeds that stand, newest first, with `level`."""
    wanted = {
        "kind": kind,
        "kind__category": category,
        "organization": organization,
        "occurred_to__gte": since,
        "occurred_to__lte": until,
    }
    conditions = {name: value for name, value in wanted.items() if value}
    standing = with_level(Deed.objects.filter(public=True, reverses__isnull=True, **conditions))
    related = standing.select_related("kind", "place", "organization", "team", "person")
    return related.filter(is_reversed=False).order_by(*NEWEST_FIRST)


def deeds_url(**conditions: Any) -> str:
    given = {name: value for name, value in conditions.items() if value}
    return f"{reverse('desk:deeds')}?{urlencode(given)}"


def years_of(organization: int) -> list[dict[str, Any]]:
    """Public deeds per year, earliest first."""
    rows = totals_by(Slice(organization=organization, public_only=True), ["year"])
    return sorted(rows, key=lambda row: row["year"])


def counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts
