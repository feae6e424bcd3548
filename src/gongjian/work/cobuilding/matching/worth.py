"""What a plan is worth, said once for the solver and for the greedy way.

A part of a need is worth its share of it times the pair's score. Each partner costs a little, so that a need is not met in
crumbs. An organization carries its even share for nothing; each part beyond it costs more than the one before, so that not one
carries all.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongjian.work.cobuilding.matching.facts import Chosen, Pair, Task

FULL = 1_000_000_000
"""What a whole need is worth for each thousandth of score; large, so that a hundredth of a yuan still counts."""
PARTNER = 20 * FULL
"""The effort that each partner takes: two hundredths of a whole need met by a perfect pair."""
FURTHER = FULL
"""What each further part of one organization costs more than the one before, for one point of fairness."""


@dataclass(frozen=True)
class Worth:
    """`left` of each need in hundredths; `even` is how many parts an organization carries for nothing."""

    left: Mapping[int, int]
    even: int
    fairness: int

    @classmethod
    def of(cls, task: Task) -> "Worth":
        organizations = len({offer.organization for offer in task.offers})
        even = -(-len(task.needs) // max(1, organizations))
        return cls({need.key: need.left for need in task.needs}, max(1, even), task.weights.fairness)

    def of_hundredth(self, pair: Pair) -> int:
        return pair.score * FULL // self.left[pair.need]

    def burden(self, parts: int) -> int:
        """Of `parts` suggestions for one organization: nothing up to `even`, then 1, 3, 6 … times the price."""
        beyond = max(0, parts - self.even)
        return self.fairness * FURTHER * beyond * (beyond + 1) // 2

    def of_next(self, parts: int) -> int:
        """What one more part costs an organization that has `parts`."""
        return PARTNER + self.burden(parts + 1) - self.burden(parts)

    def of_plan(self, chosen: Iterable[Chosen]) -> int:
        reached, parts = 0, Counter[int]()
        for one in chosen:
            reached += self.of_hundredth(one.pair) * one.quantity - PARTNER
            parts[one.pair.organization] += 1
        return reached - sum(self.burden(count) for count in parts.values())
