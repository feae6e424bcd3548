"""How much each candidate did in the cycle, by kind and level.

Whole months come from the ledger's tallies, so that the cost does not grow with the number of deeds; the days of a month
that the cycle cuts, and the deeds of persons and teams (which no tally keeps apart), are summed from the deeds themselves.
`recount` sums everything from the deeds: the collective decision does, and refuses tallies that differ.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, Count, F, IntegerField, Q, Sum, When

from gongjian.honors.models import Campaign, Candidate
from gongjian.ledger.models import Confirmation, CurrentTally, Deed

Amounts = dict[int, dict[tuple[str, int], tuple[int, Decimal]]]
"""Candidate → (kind, level) → (deeds, quantity)."""

Rows = list[tuple[int, str, int, int, Decimal | None]]


def amounts(campaign: Campaign, candidates: Sequence[Candidate], *, recount: bool = False) -> Amounts:
    found: Amounts = defaultdict(dict)
    for column in ("organization", "team", "person"):
        pks = {c.doer.pk: c.pk for c in candidates if c.doer_column == column}
        if not pks:
            continue
        rows = _rows(campaign, column, list(pks), recount=recount)
        for doer, kind, level, deeds, quantity in rows:
            before = found[pks[doer]].get((kind, level), (0, Decimal(0)))
            found[pks[doer]][kind, level] = (before[0] + deeds, before[1] + (quantity or Decimal(0)))
    return found


def _rows(campaign: Campaign, column: str, doers: list[int], *, recount: bool) -> Rows:
    cycle = (campaign.cycle_from, campaign.cycle_to)
    if recount or column != "organization":
        return from_deeds(column, doers, [cycle])
    months, edges = split(*cycle)
    rows = from_tallies(doers, *months) if months else []
    return rows + (from_deeds(column, doers, edges) if edges else [])


def split(first: date, last: date) -> tuple[tuple[date, date] | None, list[tuple[date, date]]]:
    """The first days of the first and last whole month, and the stretches of days before and after."""
    start = first if first.day == 1 else _next_month(first)
    after = last + timedelta(days=1)
    end = after.replace(day=1)
    if start >= end:
        return None, [(first, last)]
    edges = [(first, start - timedelta(days=1)), (end, last)]
    return (start, (end - timedelta(days=1)).replace(day=1)), [edge for edge in edges if edge[0] <= edge[1]]


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def from_tallies(doers: list[int], first: date, last: date) -> Rows:
    found = CurrentTally.objects.filter(organization__in=doers, month__gte=first, month__lte=last)
    rows = found.values_list("organization", "kind", "level").annotate(counted=Sum("deeds"), sum_of_quantity=Sum("quantity"))
    return [(doer, kind, level, int(deeds), quantity) for doer, kind, level, deeds, quantity in rows.order_by()]


def from_deeds(column: str, doers: list[int], stretches: list[tuple[date, date]]) -> Rows:
    """A deed and its reversal cancel: the reversal has the same doer, dates and level, and the negative quantity.

    Every deed counts at its first level; each confirmation then moves it from one level to the next.
    """
    deeds = Deed.objects.filter(_inside("", stretches), **{f"{column}__in": doers})
    sign = Case(When(reverses__isnull=True, then=1), default=-1, output_field=IntegerField())
    first = deeds.values_list(column, "kind", "initial_level").annotate(signed=Sum(sign), sum_of_quantity=Sum("quantity"))
    raised = Confirmation.objects.filter(_inside("deed__", stretches), **{f"deed__{column}__in": doers})
    moves = raised.values_list(f"deed__{column}", "deed__kind", "from_level", "level")
    rows: Rows = list(first.order_by())
    for doer, kind, below, level, moved, quantity in moves.annotate(moved=Count("pk"), amount=Sum("deed__quantity")).order_by():
        rows += [(doer, kind, below, -moved, -(quantity or Decimal(0))), (doer, kind, level, moved, quantity)]
    return rows


def _inside(path: str, stretches: list[tuple[date, date]]) -> Q:
    inside = Q()
    for first, last in stretches:
        inside |= Q(**{f"{path}occurred_to__gte": first, f"{path}occurred_to__lte": last})
    return inside


def reversed_percents(campaign: Campaign, candidates: Sequence[Candidate]) -> dict[int, Decimal]:
    """Of a candidate's deeds in the cycle, how many in a hundred were reversed."""
    found: dict[int, Decimal] = {}
    for column in ("organization", "team", "person"):
        pks = {c.doer.pk: c.pk for c in candidates if c.doer_column == column}
        if not pks:
            continue
        deeds = Deed.objects.filter(
            occurred_to__gte=campaign.cycle_from, occurred_to__lte=campaign.cycle_to, **{f"{column}__in": list(pks)}
        )
        rows = deeds.values_list(column).annotate(
            recorded=Count("pk", filter=Q(reverses__isnull=True)), taken_back=Count(F("reverses"))
        )
        for doer, recorded, taken_back in rows.order_by():
            found[pks[doer]] = Decimal(100 * taken_back) / recorded if recorded else Decimal(0)
    return found
