"""The pairs that may be put together, each with its score and what it is made of; only the best are kept."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator

from gongjian.work.cobuilding.matching import words
from gongjian.work.cobuilding.matching.facts import Offered, Pair, Record, Task, Wanted, Weights
from gongjian.work.cobuilding.matching.limits import distance, fits, least, same_thing

KEPT = 10
"""Of each need and of each offer the best so many pairs go on; the solver need not see the thousand others."""
WORTH = 300
"""Of 1000: what it is worth that a need is met at all, however little the two have in common."""
NEAR = 3000.0
"""Meters from which on nearness counts nothing."""
NEWCOMER = Record()


def candidates(task: Task) -> tuple[list[Pair], Counter[int]]:
    """The best pairs, and how many offers pass the hard limits of each need."""
    by_need: dict[int, list[Pair]] = defaultdict(list)
    by_offer: dict[int, list[Pair]] = defaultdict(list)
    fitting: Counter[int] = Counter()
    for pair in _all(task):
        fitting[pair.need] += 1
        by_need[pair.need].append(pair)
        by_offer[pair.offer].append(pair)
    best = {
        (pair.need, pair.offer): pair
        for group in (*by_need.values(), *by_offer.values())
        for pair in heapq.nlargest(KEPT, group, key=lambda pair: pair.score)
    }
    return sorted(best.values(), key=lambda pair: (pair.need, pair.offer)), fitting


def _all(task: Task) -> Iterator[Pair]:
    texts = words.vectors([*(need.name for need in task.needs), *(offer.name for offer in task.offers)])
    of_need, of_offer = texts[: len(task.needs)], texts[len(task.needs) :]
    shelves: dict[tuple[str, str], list[tuple[Offered, words.Vector]]] = defaultdict(list)
    for offer, vector in zip(task.offers, of_offer, strict=True):
        shelves[offer.kind, offer.unit].append((offer, vector))
    alike = {counted: words.Likeness({o.key: vector for o, vector in shelf}) for counted, shelf in shelves.items()}
    for need, vector in zip(task.needs, of_need, strict=True):
        counted = need.kind, need.unit
        likeness = alike[counted].to(vector) if counted in alike else {}
        for offer, _vector in shelves.get(counted, ()):
            alike_by = likeness.get(offer.key, 0.0)
            if same_thing(need, alike_by) and fits(need, offer) and (need.key, offer.key) not in task.vetoed:
                yield _pair(need, offer, alike_by, task)


def _pair(need: Wanted, offer: Offered, likeness: float, task: Task) -> Pair:
    meters = distance(need, offer)
    parts = (_thousandth(likeness), _nearness(need, offer, meters), _thousandth(_share(offer, task)))
    return Pair(
        need.key,
        offer.key,
        offer.organization,
        least(need, offer),
        min(need.left, offer.left),
        _score(parts, task.weights),
        *parts,
        meters=None if meters is None else round(meters),
    )


def _share(offer: Offered, task: Task) -> float:
    return task.records.get(offer.organization, NEWCOMER).share


def _nearness(need: Wanted, offer: Offered, meters: float | None) -> int:
    if offer.community is None or offer.community == need.community:
        return 1000
    return 500 if meters is None else _thousandth(1 - meters / NEAR)


def _thousandth(share: float) -> int:
    return round(1000 * min(1.0, max(0.0, share)))


def _score(parts: tuple[int, int, int], weights: Weights) -> int:
    counts = (weights.words, weights.nearness, weights.record)
    mean = sum(part * count for part, count in zip(parts, counts, strict=True)) // max(1, sum(counts))
    return WORTH + (1000 - WORTH) * mean // 1000
