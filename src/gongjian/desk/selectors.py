"""Questions that reach over all rooms."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.due import Due, due
from gongjian.kernel.quantities import Approximation, Quantity
from gongjian.kernel.rooms import DeskItem, Found, rooms
from gongjian.ledger.models import Deed, DeedKind
from gongjian.ledger.models.deeds import Category
from gongjian.ledger.selectors import codes_of, with_level
from gongjian.ledger.statistics import Slice, approximations, latest_month, total, totals_by
from gongjian.registry.models import Account, Place
from gongjian.registry.selectors.places import places


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
    latest = latest_month(today)
    if latest is None:
        return None
    if latest == today.replace(day=1):
        first, last = latest, (latest + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    else:
        first, last = latest.replace(month=1), latest.replace(month=12, day=31)
    wanted = Slice(since=first, until=last, public_only=True)
    by_kind = totals_by(wanted, ["kind"])
    largest = sorted(figures_of(by_kind, wanted), key=lambda figure: -figure.value.value)
    return Period(first, last, sum(row["deeds"] for row in by_kind), largest[:figures])


@dataclass(frozen=True)
class Doings:
    """What an organization did in public: its largest figures, deeds by year (earliest first) and by category (most first)."""

    deeds: int
    figures: list[LinkedFigure]
    years: list[tuple[int, int]]
    categories: list[tuple[str, int]]


def doings_of(organization: int, *, figures: int = 6) -> Doings:
    wanted = Slice(organization=organization, public_only=True)
    rows = totals_by(wanted, ["category", "kind", "year"])
    by_kind = [
        {"kind": kind, "deeds": deeds, "quantity": sum(row["quantity"] for row in rows if row["kind"] == kind)}
        for kind, deeds in _summed(rows, "kind")
    ]
    labels = dict(Category.choices)
    return Doings(
        sum(row["deeds"] for row in rows),
        figures_of(by_kind, wanted)[:figures],
        sorted(_summed(rows, "year")),
        [(str(labels[category]), deeds) for category, deeds in _summed(rows, "category")],
    )


def _summed(rows: Iterable[dict[str, Any]], name: str) -> list[tuple[Any, int]]:
    """Deeds by what is called `name`, most first."""
    sums: Counter[Any] = Counter()
    for row in rows:
        sums[row[name]] += row["deeds"]
    return sums.most_common()


def figures_of(by_kind: Iterable[dict[str, Any]], wanted: Slice) -> list[LinkedFigure]:
    """The quantities of each kind of deed that is counted in a unit, in the order of the rows."""
    kinds = DeedKind.objects.in_bulk()
    exactness = _exactness(wanted)
    return [
        LinkedFigure(
            kind,
            Quantity(Decimal(row["quantity"]), kind.unit, exactness.get(kind.code, Approximation.EXACT)),
            deeds_url(kind=kind.code, organization=wanted.organization, since=wanted.since, until=wanted.until),
        )
        for row in by_kind
        if (kind := kinds[row["kind"]]).unit and row["quantity"]
    ]


def _exactness(wanted: Slice) -> dict[str, str]:
    """How exact each kind's sum is: one "over" makes it "over"; "nearly" and "over" together make it "about"."""
    rough = {kind: marks - {Approximation.EXACT} for kind, marks in approximations(wanted).items()}
    return {kind: marks.pop() if len(marks) == 1 else Approximation.ABOUT for kind, marks in rough.items() if marks}


@dataclass(frozen=True)
class Choice:
    """Which public deeds are listed; None or empty means all."""

    kind: str = ""
    category: str = ""
    organization: int | None = None
    place: Place | None = None
    since: date | None = None
    until: date | None = None

    @property
    def by_months(self) -> bool:
        """Whether the days asked for begin and end months, so that the kept sums count exactly these deeds."""
        day_after = self.until and self.until + timedelta(days=1)
        return all(day is None or day.day == 1 for day in (self.since, day_after))


def public_deeds(chosen: Choice) -> QuerySet[Deed]:
    """What the public figures count: public deeds that stand, with `level`; page them by key."""
    wanted = {
        "kind": chosen.kind,
        "kind__in": chosen.category and codes_of(chosen.category),
        "organization": chosen.organization,
        "place__in": chosen.place and places(below=chosen.place).values("pk"),
        "occurred_to__gte": chosen.since,
        "occurred_to__lte": chosen.until,
    }
    conditions = {name: value for name, value in wanted.items() if value not in (None, "")}
    standing = with_level(Deed.objects.filter(public=True, reverses__isnull=True, **conditions))
    return standing.select_related("kind", "place", "organization", "team", "person").filter(is_reversed=False)


def how_many(chosen: Choice) -> int | None:
    """None where that could only be found by counting."""
    return total(Slice(public_only=True, **vars(chosen))).deeds if chosen.by_months else None


def deeds_url(**conditions: Any) -> str:
    given = {name: value for name, value in conditions.items() if value}
    return f"{reverse('desk:deeds')}?{urlencode(given)}"


def counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return counts
