"""The three rates of a cycle, by community, organization or category, with and without what was excluded."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.work.whistles.cycles import Cycle
from gongjian.work.whistles.models import Exclusion, Policy, Revisit
from gongjian.work.whistles.models.whistles import Satisfaction
from gongjian.work.whistles.rates import Rates, Tally, rates_of


@dataclass(frozen=True)
class Grouping:
    """`key` identifies a group and goes into the links as `parameter`; `label` are the columns that name it."""

    name: str
    title: Any
    key: str
    label: tuple[str, ...]
    parameter: str
    none: Any


_UNSORTED = gettext_lazy("还没分类")
GROUPINGS = {
    one.name: one
    for one in (
        Grouping("community", gettext_lazy("社区"), "community", ("community__name",), "community", gettext_lazy("没写社区")),
        Grouping(
            "lead", gettext_lazy("牵头单位"), "lead", ("lead__short_name", "lead__name"), "lead", gettext_lazy("没有牵头")
        ),
        Grouping("major", gettext_lazy("大类"), "category__major", ("category__major",), "major", _UNSORTED),
        Grouping("category", gettext_lazy("小类"), "category__code", ("category__minor",), "category", _UNSORTED),
    )
}


@dataclass(frozen=True)
class Line:
    """One group: `rates` of all valid revisits, `kept` of those that were not excluded, `excluded` how many were."""

    key: Any
    label: str
    tally: Tally
    rates: Rates
    kept: Rates
    excluded: int


@dataclass(frozen=True)
class Table:
    """`total` is counted from the same rows as `lines`; its key is None."""

    grouping: Grouping
    lines: Sequence[Line]
    total: Line


def counted(cycle: Cycle) -> QuerySet[Revisit]:
    """The revisits that enter the rates: valid, the one of its whistle that counts, of whistles blown in the cycle."""
    inside = Q(whistle__blown_at__gte=cycle.begin, whistle__blown_at__lt=cycle.end)
    return Revisit.objects.filter(inside, counts=True, valid=True)


def rates_table(cycle: Cycle, grouping: Grouping, policy: Policy) -> Table:
    """One query."""
    excluded = Exclusion.objects.filter(whistle=OuterRef("whistle"), state=Exclusion.State.EXCLUDED)
    columns = [f"whistle__{name}" for name in dict.fromkeys((grouping.key, *grouping.label))]
    rows = counted(cycle).annotate(excluded=Exists(excluded)).values(*columns, "excluded").annotate(**_SUMS).order_by(*columns)
    parts: dict[Any, dict[bool, Tally]] = defaultdict(dict)
    labels: dict[Any, str] = {}
    for row in rows:
        key = row[f"whistle__{grouping.key}"]
        names = (row[f"whistle__{name}"] for name in grouping.label)
        labels[key] = next((name for name in names if name), "") or str(grouping.none)
        parts[key][row["excluded"]] = Tally(*(row[name] for name in _SUMS))
    lines = [_line(key, labels[key], split, policy) for key, split in parts.items()]
    lines.sort(key=lambda line: (-line.tally.valid, line.label))
    everything = {flag: Tally.total(split.get(flag, Tally()) for split in parts.values()) for flag in (False, True)}
    return Table(grouping, lines, _line(None, _("合计"), everything, policy))


_SUMS = {
    "valid": Count("pk"),
    "contacted_": Count("pk", filter=Q(contacted=True)),
    "solved_": Count("pk", filter=Q(solved=True)),
    "satisfied_": Count("pk", filter=Q(satisfaction=Satisfaction.SATISFIED)),
    "basically_": Count("pk", filter=Q(satisfaction=Satisfaction.BASICALLY)),
}


def _line(key: Any, label: str, split: dict[bool, Tally], policy: Policy) -> Line:
    kept, out = split.get(False, Tally()), split.get(True, Tally())
    tally = kept + out
    return Line(key, label, tally, rates_of(tally, policy), rates_of(kept, policy), out.valid)
