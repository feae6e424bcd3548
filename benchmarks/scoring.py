"""Claim: scoring a campaign over a million deeds takes a second at most.

From the monthly sums it does; counted again deed by deed (as the collective decision does) it costs what the same aggregate
costs when it is written by hand in SQL.
"""

import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any, TypeVar

from benchmarks.harness import Measurement, fastest, say, seconds
from benchmarks.installation import BenchmarkError

NAME = "scoring"
AIM = 1.0
RUNS = 5
Result = TypeVar("Result")

BY_HAND = """
SELECT d.organization_id, d.kind_id, coalesce(c.top, d.initial_level) AS level,
       sum(CASE WHEN d.reverses_id IS NULL THEN 1 ELSE -1 END), sum(d.quantity)
FROM ledger_deed d
LEFT JOIN (
    SELECT deed_id, max(level) AS top FROM ledger_confirmation WHERE office_id = %(office)s GROUP BY deed_id
) AS c ON c.deed_id = d.id
WHERE d.office_id = %(office)s AND d.organization_id = ANY(%(organizations)s)
  AND d.occurred_to BETWEEN %(first)s AND %(last)s
GROUP BY d.organization_id, d.kind_id, 3
"""


def measure(office: Any, campaign: Any) -> list[Measurement]:
    """Call inside the office's scope. Raises BenchmarkError if the three ways do not agree."""
    from gongjian.honors.scoring import score
    from gongjian.honors.scoring.amounts import amounts

    candidates = [one.candidate for one in score(campaign)]
    by_hand, hand_seconds = _timed(lambda: _by_hand(campaign, candidates))
    from_sums, sums_seconds = _timed(lambda: score(campaign))
    counted, counted_seconds = _timed(lambda: score(campaign, recount=True))
    deeds = sum(deeds for done in by_hand.values() for deeds, _quantity in done.values())
    _require_equal(by_hand, amounts(campaign, candidates), "the sums and the aggregate by hand differ")
    _require_equal([one.as_json() for one in from_sums], [one.as_json() for one in counted], "sums and recount differ")
    say(f"  {deeds:,} deeds of {len(candidates)} organizations; the three ways agree.")
    return [
        _measurement(f"score {deeds:,} deeds", sums_seconds, hand_seconds, met=sums_seconds <= AIM),
        _measurement(f"score {deeds:,} deeds, recount", counted_seconds, hand_seconds, met=None),
    ]


def _timed(act: Callable[[], Result]) -> tuple[Result, float]:
    """The result and the fastest of RUNS; the first, which fills the caches, does not count."""
    result, times = act(), []
    for _ in range(RUNS):
        started = time.perf_counter()
        result = act()
        times.append(time.perf_counter() - started)
    return result, fastest(times)


def _by_hand(campaign: Any, candidates: list[Any]) -> dict[int, dict[tuple[str, int], tuple[int, Decimal]]]:
    from django.db import connection

    candidate_of = {candidate.organization_id: candidate.pk for candidate in candidates}
    values = {
        "office": campaign.office_id,
        "organizations": list(candidate_of),
        "first": campaign.cycle_from,
        "last": campaign.cycle_to,
    }
    found: dict[int, dict[tuple[str, int], tuple[int, Decimal]]] = {pk: {} for pk in candidate_of.values()}
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, values)
        for organization, kind, level, deeds, quantity in cursor.fetchall():
            found[candidate_of[organization]][kind, level] = (int(deeds), quantity or Decimal(0))
    return found


def _require_equal(one: object, other: object, sentence: str) -> None:
    if one != other:
        raise BenchmarkError(sentence)


def _measurement(name: str, measured: float, by_hand: float, *, met: bool | None) -> Measurement:
    return Measurement(
        name=name,
        measured=seconds(measured),
        aim="≤ 1 s" if met is not None else "",
        reference=f"the aggregate by hand in SQL: {seconds(by_hand)}",
        ratio=measured / by_hand,
        met=met,
        raw={"seconds": measured, "by_hand_seconds": by_hand},
    )
