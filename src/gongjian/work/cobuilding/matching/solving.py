"""The best plan for all needs and offers at once, and a proof of how far it can be from the best that there is.

The network alone would let one organization carry all. Prices on its parts forbid that: they rise where an organization
carries more than its share and fall where it carries less (Lagrangian relaxation). Each round's flow bounds every plan from
above, and mended, it is a plan itself. Further rounds look for a better plan alone. The best of both are kept.
"""

from collections import Counter, defaultdict
from fractions import Fraction
from math import ceil

from gongjian.work.cobuilding.matching.facts import Chosen, Pair, Plan, Task
from gongjian.work.cobuilding.matching.greedy import Filling, best_first, greedy
from gongjian.work.cobuilding.matching.network import Network
from gongjian.work.cobuilding.matching.pairs import candidates
from gongjian.work.cobuilding.matching.worth import Worth

ROUNDS = 6
"""Of each kind of flow; more change little."""


def solve(task: Task) -> Plan:
    """Never worth less than the greedy plan."""
    pairs, fitting = candidates(task)
    worth = Worth.of(task)
    plain = greedy(task, pairs, worth)
    start = worth.of_plan(plain)
    chosen, bound = _search(task, pairs, worth, plain) if pairs else (plain, 0)
    counts = {need.key: fitting[need.key] for need in task.needs}
    return Plan(chosen, worth.of_plan(chosen), max(bound, worth.of_plan(chosen)), start, len(pairs), counts)


def _search(task: Task, pairs: list[Pair], worth: Worth, best: list[Chosen]) -> tuple[list[Chosen], int]:
    network, order = Network(task, pairs, worth), best_first(pairs)
    plans, bound, prices = [best], None, defaultdict[int, int](int)
    may_carry = Counter(pair.organization for pair in pairs)
    for number in range(ROUNDS):
        flow, value = network.bounding(prices)
        over = value + sum(_most_gained(worth, price, may_carry[key]) for key, price in prices.items() if price)
        bound = over if bound is None else min(bound, over)
        plans.append(_mend(task, worth, flow, order))
        _reprice(prices, flow, worth, 3 + number)
    last: dict[Pair, int] = {}
    for _round in range(ROUNDS):
        last |= {one.pair: one.quantity for one in flow}
        flow = network.following(prices, last)
        plans.append(_mend(task, worth, flow, order))
    return max(plans, key=worth.of_plan), bound or 0


def _most_gained(worth: Worth, price: int, parts: int) -> int:
    """What the prices take more than the burden that they stand for, at most: the bound must give it back."""
    return max(price * count - worth.burden(count) for count in range(parts + 1))


def _reprice(prices: dict[int, int], flow: list[Chosen], worth: Worth, caution: int) -> None:
    """A step towards what the last part really costs; smaller steps from round to round, so that it settles.

    Parts are counted as the bounding flow pays for them: half a part is half a part.
    """
    carried: dict[int, Fraction] = defaultdict(Fraction)
    for one in flow:
        carried[one.pair.organization] += Fraction(one.quantity, one.pair.most)
    for key in {*carried, *prices}:
        parts = ceil(carried[key])
        real = worth.burden(parts) - worth.burden(max(0, parts - 1))
        prices[key] += (real - prices[key]) * 2 // caution


def _mend(task: Task, worth: Worth, flow: list[Chosen], order: list[Pair]) -> list[Chosen]:
    """A plan out of a flow: crumbs and what is not worth its price fall away, and what they leave is filled up."""
    filling = Filling(task, worth)
    for one in sorted(flow, key=lambda one: -worth.of_hundredth(one.pair) * one.quantity):
        filling.put(one.pair, one.quantity)
    for pair in order:
        filling.put(pair)
    return filling.chosen()
