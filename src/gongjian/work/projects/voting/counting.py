"""The count: by area and by heads, in exact fractions, with the rule that was used."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils import timezone

from gongjian.work.projects.voting.ballots import Ballot, Choice, NotCounted, Proxy, valid
from gongjian.work.projects.voting.regimes import Majority, Matter, Regime, regime_of
from gongjian.work.projects.voting.roll import Holding, Unit, area_of, holdings


@dataclass(frozen=True)
class Weight:
    """Exclusive area in m², and heads."""

    area: Fraction = Fraction(0)
    heads: int = 0

    def __add__(self, other: "Weight") -> "Weight":
        return Weight(self.area + other.area, self.heads + other.heads)


@dataclass(frozen=True)
class Test:
    """`part` of `whole` against a majority, on both sides."""

    name: str
    part: Weight
    whole: Weight
    majority: Majority

    @property
    def by_area(self) -> bool:
        return self.majority.is_met(self.part.area, self.whole.area)

    @property
    def by_heads(self) -> bool:
        return self.majority.is_met(Fraction(self.part.heads), Fraction(self.whole.heads))

    @property
    def is_met(self) -> bool:
        return self.by_area and self.by_heads


@dataclass(frozen=True)
class Result:
    """`split` are joint owners who voted differently: they took part for nobody until they agree."""

    regime: Regime
    everybody: Weight
    choices: Mapping[Choice, Weight]
    split: Sequence[Holding]
    not_counted: Sequence[NotCounted]
    tests: Sequence[Test]

    @property
    def taking_part(self) -> Weight:
        return sum(self.choices.values(), Weight())

    @property
    def is_passed(self) -> bool:
        return all(test.is_met for test in self.tests)


def count(
    units: Sequence[Unit],
    ballots: Iterable[Ballot],
    *,
    matter: Matter,
    opens_at: datetime,
    closes_at: datetime,
    proxies: Sequence[Proxy] = (),
) -> Result:
    """The result as it would be if the vote closed now; the rule follows from the day on which it closes.

    Raises InvalidMany for a roll that cannot be counted.
    """
    held = holdings(units)
    cast, not_counted = valid(ballots, held, opens_at=opens_at, closes_at=closes_at, proxies=proxies)
    regime = regime_of(timezone.localtime(closes_at).date(), matter)
    chosen: dict[Choice, list[Holding]] = {choice: [] for choice in Choice}
    split: list[Holding] = []
    for holding in held:
        said = {cast[owner].choice for owner in holding.holder if owner in cast}
        if len(said) == 1:
            chosen[said.pop()].append(holding)
        elif said:
            split.append(holding)
    choices = {choice: _weight(those) for choice, those in chosen.items()}
    everybody = _weight(held)
    return Result(regime, everybody, choices, split, not_counted, _tests(regime, everybody, choices))


def _weight(held: Sequence[Holding]) -> Weight:
    return Weight(area_of(held), len(held))


def _tests(regime: Regime, everybody: Weight, choices: Mapping[Choice, Weight]) -> list[Test]:
    taking_part, agreeing = sum(choices.values(), Weight()), choices[Choice.AGREE]
    if regime.taking_part is None:
        return [Test("agreeing", agreeing, everybody, regime.agreeing)]
    return [
        Test("taking_part", taking_part, everybody, regime.taking_part),
        Test("agreeing", agreeing, taking_part, regime.agreeing),
    ]
