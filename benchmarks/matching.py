"""Matching: two thousand needs with two thousand offers as one optimization, against the greedy way in the same run."""

import random
import time

from benchmarks.harness import Measurement, say, seconds
from gongjian.kernel.quantities import WHOLE_UNITS
from gongjian.work.cobuilding.kinds import DEEDS, Condition
from gongjian.work.cobuilding.matching.facts import Offered, Record, Task, Wanted, Window
from gongjian.work.cobuilding.matching.solving import solve

NAME = "matching"
AIM = 20.0
COMMUNITIES = 10
WORDS = (
    "折叠",
    "桌椅",
    "活动室",
    "老人",
    "就餐",
    "义诊",
    "法律",
    "咨询",
    "电脑",
    "图书",
    "书法",
    "消毒",
    "搬运",
    "维修",
    "助浴",
    "课后",
)
FROM = 737_700
"""A day as an ordinal, in 2020."""


def measure(count: int = 2000) -> list[Measurement]:
    """`count` needs and as many offers."""
    task = made_up(count)
    say(f"  {count} needs, {count} offers of {len({offer.organization for offer in task.offers})} organizations")
    started = time.perf_counter()
    plan = solve(task)
    took = time.perf_counter() - started
    met = len({one.pair.need for one in plan.chosen})
    say(f"  {plan.pairs} pairs seen by the solver, {len(plan.chosen)} suggested for {met} needs")
    ratio = plan.total / plan.greedy_total if plan.greedy_total else 1.0
    return [
        Measurement(
            f"match {count} × {count}",
            f"{seconds(took)}, proven gap {plan.gap:.2%}",
            aim=f"≤ {AIM:.0f} s",
            met=took <= AIM,
            raw={"seconds": took, "gap": plan.gap, "pairs": plan.pairs, "suggested": len(plan.chosen)},
        ),
        Measurement(
            "worth of the plan",
            f"{plan.total:.4g}",
            aim="≥ 1 × greedy",
            reference=f"greedy {plan.greedy_total:.4g}",
            ratio=ratio,
            met=ratio >= 1,
        ),
    ]


def made_up(count: int, seed: int = 20) -> Task:
    """Always the same for the same numbers."""
    dice = random.Random(seed)
    points = [(34.78 + dice.random() / 50, 113.67 + dice.random() / 40) for _number in range(COMMUNITIES)]
    needs = [_need(dice, key, points) for key in range(count)]
    offers = [_offer(dice, key, points, max(1, count // 8)) for key in range(count)]
    records = {key: Record(dice.randrange(6), dice.randrange(3)) for key in range(max(1, count // 8))}
    return Task(needs, offers, records)


def _need(dice: random.Random, key: int, points: list[tuple[float, float]]) -> Wanted:
    counted, left = _counted(dice)
    home = dice.randrange(COMMUNITIES)
    far = dice.choice([None, None, 800, 1500])
    at_least = dice.choice([0, 0, left // 4])
    return Wanted(
        key, *counted, left, at_least, _window(dice), _conditions(dice, 1), _text(dice), f"c{home}", points[home], far
    )


def _offer(dice: random.Random, key: int, points: list[tuple[float, float]], organizations: int) -> Offered:
    counted, left = _counted(dice)
    home = dice.choice([None, *range(COMMUNITIES)])
    where = (None, None) if home is None else (f"c{home}", points[home])
    own = home is not None and dice.random() < 0.15
    giver = dice.randrange(organizations)
    return Offered(key, giver, *counted, left, 0, _window(dice), _conditions(dice, 4), _text(dice), *where, own)


def _counted(dice: random.Random) -> tuple[tuple[str, str], int]:
    kind, unit = dice.choice(list(DEEDS))
    step = 100 if unit in WHOLE_UNITS else 50_000
    return (str(kind), str(unit)), step * dice.randrange(1, 60)


def _window(dice: random.Random) -> Window:
    since = FROM + dice.randrange(90)
    days = frozenset(dice.sample(range(1, 8), dice.choice([2, 3, 5]))) if dice.random() < 0.4 else frozenset()
    begin = dice.randrange(8, 16) * 60
    minutes = (begin, begin + dice.randrange(2, 6) * 60) if dice.random() < 0.3 else None
    return Window(since, since + dice.randrange(20, 120) if dice.random() < 0.8 else None, days, minutes)


def _conditions(dice: random.Random, most: int) -> frozenset[str]:
    return frozenset(dice.sample(Condition.values, dice.randrange(most + 1)))


def _text(dice: random.Random) -> str:
    return "".join(dice.sample(WORDS, 3))
