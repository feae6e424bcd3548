"""A week in figures, beside the week before; what is open now; what the leader should look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.work.whistles.cycles import midnight
from gongjian.work.whistles.models import OPEN_STATES, Policy, Revisit, Topic, Whistle
from gongjian.work.whistles.models.whistles import Satisfaction
from gongjian.work.whistles.rates import Rates, Share, Tally, rates_of
from gongjian.work.whistles.selectors.hot_spots import HotSpot, hot_spots
from gongjian.work.whistles.selectors.operations import NOT_OURS
from gongjian.work.whistles.selectors.topics import current_topics

MOST_OVERDUE, MOST_SPOTS = 24, 6


@dataclass(frozen=True)
class Figures:
    """`response` and `resolution`: of the limits that ended in the week, how many were kept. `rates`: of its valid revisits."""

    blown: int
    closed: int
    response: Share
    resolution: Share
    rates: Rates


@dataclass(frozen=True)
class Week:
    monday: date
    figures: Figures
    before: Figures
    asked_at: datetime
    open_by_color: Sequence[tuple[Any, int]]
    overdue_count: int
    overdue: Sequence[Whistle]
    spots: Sequence[HotSpot]
    topics: Sequence[Topic]

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def monday_of(name: str) -> date:
    """`2026-W43`; without a name the last week that has ended. Raises Invalid."""
    if not name:
        return clock.today() - timedelta(days=clock.today().weekday() + 7)
    try:
        return datetime.strptime(name + "-1", "%G-W%V-%u").date()  # noqa: DTZ007
    except ValueError as error:
        raise Invalid(_("周次请写成“2026-W43”。"), code="week", field="week") from error


def week(monday: date, policy: Policy) -> Week:
    """What is open, overdue, hot and under way is that of now, and dated so."""
    overdue = open_whistles().filter(color=Whistle.Color.RED).select_related("category", "place", "community", "lead")
    return Week(
        monday=monday,
        figures=figures(monday, policy),
        before=figures(monday - timedelta(days=7), policy),
        asked_at=clock.now(),
        open_by_color=_by_color(),
        overdue_count=overdue.count(),
        overdue=list(overdue.order_by("resolution_due_at", "pk")[:MOST_OVERDUE]),
        spots=hot_spots(policy, most=MOST_SPOTS),
        topics=list(current_topics()[:MOST_SPOTS]),
    )


def open_whistles() -> QuerySet[Whistle]:
    return Whistle.objects.filter(state__in=OPEN_STATES)


def figures(monday: date, policy: Policy) -> Figures:
    begin, end = midnight(monday), midnight(monday + timedelta(days=7))

    def inside(field: str) -> Q:
        return Q(**{f"{field}__gte": begin, f"{field}__lt": end})

    ours, response, resolution = ~Q(state__in=NOT_OURS), inside("response_due_at"), inside("resolution_due_at")
    counted = Whistle.objects.filter(inside("blown_at") | inside("closed_at") | response | resolution).aggregate(
        blown=Count("pk", filter=inside("blown_at")),
        closed=Count("pk", filter=inside("closed_at")),
        to_respond=Count("pk", filter=response & ours),
        responded=Count("pk", filter=response & ours & Q(responded_at__lte=F("response_due_at"))),
        to_report=Count("pk", filter=resolution & ours),
        reported=Count("pk", filter=resolution & ours & Q(reported_at__lte=F("resolution_due_at"))),
    )
    return Figures(
        blown=counted["blown"],
        closed=counted["closed"],
        response=Share(Fraction(counted["responded"]), counted["to_respond"]),
        resolution=Share(Fraction(counted["reported"]), counted["to_report"]),
        rates=rates_of(_tally(begin, end), policy),
    )


def _tally(begin: datetime, end: datetime) -> Tally:
    sums = Revisit.objects.filter(counts=True, valid=True, at__gte=begin, at__lt=end).aggregate(
        valid_=Count("pk"),
        contacted_=Count("pk", filter=Q(contacted=True)),
        solved_=Count("pk", filter=Q(solved=True)),
        satisfied_=Count("pk", filter=Q(satisfaction=Satisfaction.SATISFIED)),
        basically_=Count("pk", filter=Q(satisfaction=Satisfaction.BASICALLY)),
    )
    return Tally(**{name.removesuffix("_"): count for name, count in sums.items()})


def _by_color() -> list[tuple[Any, int]]:
    counted = dict(open_whistles().order_by().values_list("color").annotate(count=Count("pk")))
    return [(color, counted.get(color, 0)) for color in reversed(Whistle.Color)]
