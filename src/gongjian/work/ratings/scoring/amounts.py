"""What the ledger has of every candidate, for all automatic indicators at once: one aggregate, however many there are."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Sum, Value, When

from gongjian.ledger.models import Deed
from gongjian.ledger.selectors import NEWEST_FIRST, with_level
from gongjian.registry.models import Place
from gongjian.work.ratings.models import Candidate, Round
from gongjian.work.ratings.scoring.blueprint import FromLedger, Indicator, Measure

Amounts = dict[int, dict[str, Decimal]]
"""Candidate → indicator → amount; what the ledger has nothing of is left out."""


def amounts(rated: Round, candidates: Sequence[Candidate]) -> Amounts:
    """Deeds of an organization itself; of a place those in it and everything inside it. What was reversed cancels."""
    automatic = [one for one in rated.version.blueprint.indicators() if one.ledger]
    found: Amounts = defaultdict(lambda: defaultdict(Decimal))
    if not automatic or not candidates:
        return found
    column, owners = _owners(rated, candidates)
    firsts = sorted({_first(rated, one.ledger) for one in automatic if one.ledger})
    for owner, kind, level, since, deeds, quantity in _rows(rated, automatic, column, list(owners), firsts):
        for one in automatic:
            ledger = one.ledger
            if ledger and ledger.kind == kind and level >= ledger.min_level and firsts[since] >= _first(rated, ledger):
                found[owners[owner]][one.code] += deeds if ledger.measure == Measure.DEEDS else (quantity or Decimal(0))
    return found


def _rows(rated: Round, automatic: Sequence[Indicator], column: str, owners: list[int], firsts: list[date]) -> Any:
    """By owner, kind, level and latest window in which the deeds lie. A reversing deed has the level of what it reverses."""
    kinds = {one.ledger.kind for one in automatic if one.ledger}
    span = {"occurred_to__gte": firsts[0], "occurred_to__lte": rated.period_to}
    deeds = Deed.objects.filter(**span, **{f"{column}__in": owners}, kind__in=kinds)
    windows = [When(occurred_to__gte=first, then=Value(number)) for number, first in reversed(list(enumerate(firsts)))]
    sign = Case(When(reverses__isnull=True, then=1), default=-1, output_field=IntegerField())
    grouped = with_level(deeds).annotate(since=Case(*windows, output_field=IntegerField())).order_by()
    return grouped.values_list(column, "kind", "level", "since").annotate(signed=Sum(sign), quantities=Sum("quantity"))


def _owners(rated: Round, candidates: Sequence[Candidate]) -> tuple[str, dict[int, int]]:
    """The deeds' column, and whose each organization or place is."""
    if not rated.scheme.rates_places:
        return "organization", {one.organization_id: one.pk for one in candidates if one.organization_id}
    by_path = {one.place.path: one.pk for one in candidates if one.place}
    owners = {}
    for pk, path in Place.objects.values_list("pk", "path"):
        steps = path.split("/")
        within = ("/".join(steps[:length]) for length in range(len(steps), 0, -1))
        nearest = next((by_path[upper] for upper in within if upper in by_path), None)
        if nearest is not None:
            owners[pk] = nearest
    return "place", owners


def _first(rated: Round, ledger: FromLedger) -> date:
    """The first day that counts: of the round's period, or of its last months."""
    if ledger.months is None:
        return rated.period_from
    return max(rated.period_from, _months_before(rated.period_to, ledger.months))


def _months_before(last: date, months: int) -> date:
    """The day after the same day so many months ago: of 31 December three months are from 1 October on."""
    after = last + timedelta(days=1)
    count = after.year * 12 + after.month - 1 - months
    year, month = count // 12, count % 12 + 1
    length = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(after.day, length))


def deeds_behind(candidate: Candidate, indicator: Indicator) -> QuerySet[Any]:
    """What an automatic indicator counted, newest first; to be paged."""
    rated, ledger = candidate.round, indicator.ledger
    assert ledger is not None
    if candidate.place:
        whose = Q(place=candidate.place) | Q(place__path__startswith=f"{candidate.place.path}/")
    else:
        whose = Q(organization=candidate.organization)
    span = {"occurred_to__gte": _first(rated, ledger), "occurred_to__lte": rated.period_to}
    found = with_level(Deed.objects.filter(whose, kind=ledger.kind, reverses__isnull=True, **span))
    counted = found.filter(is_reversed=False, level__gte=ledger.min_level)
    return counted.select_related("kind", "place", "organization", "team", "person").order_by(*NEWEST_FIRST)
