"""How the work went in a cycle, by community or organization. Never about single people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet

from gongjian.kernel import clock
from gongjian.work.whistles.cycles import Cycle
from gongjian.work.whistles.models import Happening, Whistle
from gongjian.work.whistles.models.whistles import State
from gongjian.work.whistles.rates import Share
from gongjian.work.whistles.selectors.rates import Grouping

NOT_OURS = (State.DRAFT, State.PENDING, State.NOT_ACCEPTED, State.WITHDRAWN, State.MERGED)
"""What nobody has to answer, or what is answered with another."""
UPHELD, REFUSED = Happening.Kind.OBJECTION_UPHELD, Happening.Kind.OBJECTION_REFUSED


@dataclass(frozen=True)
class Hours:
    """An average and over how many whistles it was taken."""

    average: float | None
    count: int


@dataclass(frozen=True)
class Line:
    """`reopened` is of those that were ever closed; `upheld` is of the objections that were decided."""

    key: Any
    label: str
    whistles: int
    response: Share
    resolution: Share
    reopened: Share
    upheld: Share
    hours_to_response: Hours
    hours_to_report: Hours

    @property
    def hours(self) -> tuple[Hours, Hours]:
        return self.hours_to_response, self.hours_to_report


def accepted_in(cycle: Cycle) -> QuerySet[Whistle]:
    """Blown in the cycle and taken on (受理)."""
    return Whistle.objects.filter(blown_at__gte=cycle.begin, blown_at__lt=cycle.end).exclude(state__in=NOT_OURS)


def operations(cycle: Cycle, grouping: Grouping) -> Sequence[Line]:
    """Two queries: the whistles, and the objections, which count for the organization that raised them."""
    columns = tuple(dict.fromkeys((grouping.key, *grouping.label)))
    rows = accepted_in(cycle).values(*columns).annotate(**_sums()).order_by(*columns)
    groups = {row[grouping.key]: row for row in rows}
    objections: Counter[tuple[Any, str]] = Counter()
    for row in _objections(cycle, grouping, columns):
        key = row[grouping.key]
        groups.setdefault(key, row)
        objections[key, row["kind"]] = row["objections"]
    lines = [_line(row, grouping, objections) for row in groups.values()]
    return sorted(lines, key=lambda line: (-line.whistles, line.label))


def _sums() -> dict[str, Any]:
    """On time: of what was met or has fallen due. Averages leave out later rounds, which began anew."""
    now, first = clock.now(), Q(round=1)
    met, reported = Q(responded_at__isnull=False), Q(reported_at__isnull=False)
    return {
        "whistles": Count("pk"),
        "to_respond": Count("pk", filter=Q(response_due_at__isnull=False) & (met | Q(response_due_at__lte=now))),
        "responded": Count("pk", filter=Q(responded_at__lte=F("response_due_at"))),
        "to_report": Count("pk", filter=Q(resolution_due_at__isnull=False) & (reported | Q(resolution_due_at__lte=now))),
        "reported": Count("pk", filter=Q(reported_at__lte=F("resolution_due_at"))),
        "once_closed": Count("pk", filter=Q(closed_at__isnull=False) | Q(round__gt=1)),
        "reopened": Count("pk", filter=Q(round__gt=1)),
        "response_time": Avg(F("responded_at") - F("blown_at"), filter=met & first),
        "response_count": Count("pk", filter=met & first),
        "report_time": Avg(F("reported_at") - F("blown_at"), filter=reported & first),
        "report_count": Count("pk", filter=reported & first),
    }


def _objections(cycle: Cycle, grouping: Grouping, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
    """With the columns of their group: who objected with success leads nothing any more and has its line all the same."""
    inside = Q(whistle__blown_at__gte=cycle.begin, whistle__blown_at__lt=cycle.end)
    found = Happening.objects.filter(inside, kind__in=(UPHELD, REFUSED)).order_by()
    paths = {column: _path(column, grouping) for column in columns}
    for row in found.values(*paths.values(), "kind").annotate(objections=Count("pk")):
        yield row | {column: row[path] for column, path in paths.items()}


def _path(column: str, grouping: Grouping) -> str:
    """From a happening to what a whistle calls `column`."""
    return column.replace("lead", "dispatch__organization", 1) if grouping.name == "lead" else f"whistle__{column}"


def _line(row: dict[str, Any], grouping: Grouping, objections: Counter[tuple[Any, str]]) -> Line:
    key, count = row[grouping.key], Counter({name: value for name, value in row.items() if isinstance(value, int)})
    upheld, refused = objections[key, UPHELD], objections[key, REFUSED]
    return Line(
        key=key,
        label=next((row[name] for name in grouping.label if row[name]), "") or str(grouping.none),
        whistles=count["whistles"],
        response=Share(Fraction(count["responded"]), count["to_respond"]),
        resolution=Share(Fraction(count["reported"]), count["to_report"]),
        reopened=Share(Fraction(count["reopened"]), count["once_closed"]),
        upheld=Share(Fraction(upheld), upheld + refused),
        hours_to_response=Hours(_hours(row.get("response_time")), count["response_count"]),
        hours_to_report=Hours(_hours(row.get("report_time")), count["report_count"]),
    )


def _hours(span: timedelta | None) -> float | None:
    return None if span is None else round(span.total_seconds() / 3600, 1)
