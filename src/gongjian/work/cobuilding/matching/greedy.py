"""The plain way: the best pair first, as much of it as there is. What the solver is compared with,
and how it mends its plans.
"""

from collections import Counter
from collections.abc import Iterable

from gongjian.work.cobuilding.matching.facts import Chosen, Pair, Task
from gongjian.work.cobuilding.matching.worth import Worth


class Filling:
    """A plan in the making: what is left of each need and offer, and what each organization carries."""

    def __init__(self, task: Task, worth: Worth) -> None:
        self.worth = worth
        self.need_left = dict(worth.left)
        self.offer_left = {offer.key: offer.left for offer in task.offers}
        self.parts: Counter[int] = Counter()
        self.taken: dict[Pair, int] = {}

    def put(self, pair: Pair, most: int | None = None) -> None:
        """As much of the pair as there is, at most `most`; nothing that is too little, or not worth its price."""
        quantity = min(self.need_left[pair.need], self.offer_left[pair.offer])
        quantity = quantity if most is None else min(quantity, most)
        if not quantity or (pair not in self.taken and not self._is_worth_it(pair, quantity)):
            return
        if pair not in self.taken:
            self.parts[pair.organization] += 1
        self.taken[pair] = self.taken.get(pair, 0) + quantity
        self.need_left[pair.need] -= quantity
        self.offer_left[pair.offer] -= quantity

    def chosen(self) -> list[Chosen]:
        return [Chosen(pair, quantity) for pair, quantity in self.taken.items()]

    def _is_worth_it(self, pair: Pair, quantity: int) -> bool:
        price = self.worth.of_next(self.parts[pair.organization])
        return quantity >= pair.least and self.worth.of_hundredth(pair) * quantity > price


def best_first(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.score, pair.need, pair.offer))


def greedy(task: Task, pairs: list[Pair], worth: Worth) -> list[Chosen]:
    filling = Filling(task, worth)
    for pair in best_first(pairs):
        filling.put(pair)
    return filling.chosen()
