"""All needs and offers as one network: what flows from offers to needs is what is given (OR-Tools, minimum-cost flow)."""

from collections.abc import Callable, Mapping

from gongjian.kernel.quantities import WHOLE_UNITS
from gongjian.work.cobuilding.matching.facts import Chosen, Pair, Task
from gongjian.work.cobuilding.matching.worth import PARTNER, Worth

SOURCE, SINK = 0, 1
Prices = Mapping[int, int]
"""By organization."""


class Network:
    """Flows in whole steps: pieces where there are no fractions, else hundredths. Its optimum is integral by nature."""

    def __init__(self, task: Task, pairs: list[Pair], worth: Worth) -> None:
        self.pairs, self.worth = pairs, worth
        self.step = {need.key: 100 if need.unit in WHOLE_UNITS else 1 for need in task.needs}
        nodes = iter(range(2, 2 + len(task.offers) + len(task.needs)))
        self.offers = {
            offer.key: (next(nodes), offer.left // (100 if offer.unit in WHOLE_UNITS else 1)) for offer in task.offers
        }
        self.needs = {need.key: (next(nodes), need.left // self.step[need.key]) for need in task.needs}

    def bounding(self, prices: Prices) -> tuple[list[Chosen], int]:
        """The best flow where each part costs its organization's price, spread over the whole part; and its worth.

        Spreading the price makes the flow at least as good as any plan at these prices: its worth is an upper bound.
        """
        return self._solve(lambda pair: self._gain(pair, prices, self._most(pair)))

    def following(self, prices: Prices, last: Mapping[Pair, int]) -> list[Chosen]:
        """A flow that pays the price of a part as it was last used, so that crumbs are dear (dynamic slope scaling).

        What was not used is priced as if half of it were.
        """
        flow, _worth = self._solve(lambda pair: self._gain(pair, prices, self._used(pair, last)))
        return flow

    def _solve(self, gain_of: Callable[[Pair], int]) -> tuple[list[Chosen], int]:
        from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

        network = SimpleMinCostFlow()
        arcs = [
            network.add_arc_with_capacity_and_unit_cost(
                self.offers[pair.offer][0], self.needs[pair.need][0], self._most(pair), -gain_of(pair)
            )
            for pair in self.pairs
        ]
        for node, most in self.offers.values():
            network.add_arc_with_capacity_and_unit_cost(SOURCE, node, most, 0)
        for node, most in self.needs.values():
            network.add_arc_with_capacity_and_unit_cost(node, SINK, most, 0)
        everything = sum(most for _node, most in self.needs.values())
        network.add_arc_with_capacity_and_unit_cost(SOURCE, SINK, everything, 0)
        network.set_node_supply(SOURCE, everything)
        network.set_node_supply(SINK, -everything)
        if network.solve() != network.OPTIMAL:
            raise RuntimeError("a network with a way around everything has no optimum")
        flows = [(pair, network.flow(arc) * self.step[pair.need]) for pair, arc in zip(self.pairs, arcs, strict=True)]
        return [Chosen(pair, quantity) for pair, quantity in flows if quantity], -network.optimal_cost()

    def _gain(self, pair: Pair, prices: Prices, steps: int) -> int:
        """Of one step, if the price of the part is spread over so many."""
        price = PARTNER + prices.get(pair.organization, 0)
        return self.worth.of_hundredth(pair) * self.step[pair.need] - price // steps

    def _most(self, pair: Pair) -> int:
        return pair.most // self.step[pair.need]

    def _used(self, pair: Pair, last: Mapping[Pair, int]) -> int:
        return last[pair] // self.step[pair.need] if pair in last else max(1, self._most(pair) // 2)
