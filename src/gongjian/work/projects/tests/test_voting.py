"""Owners' votes, case by case: area and heads, both sides of every boundary, both laws."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from gongjian.kernel.errors import InvalidMany
from gongjian.work.projects.voting.ballots import Ballot, Choice, Proxy
from gongjian.work.projects.voting.counting import Result, count
from gongjian.work.projects.voting.regimes import Matter
from gongjian.work.projects.voting.roll import DEVELOPER, Unit, holdings

NEW = timezone.make_aware(datetime(2021, 1, 1, 18))  # noqa: DTZ001
OLD = timezone.make_aware(datetime(2020, 12, 31, 18))  # noqa: DTZ001
WEEK = timedelta(days=7)
LETTERS = {"+": Choice.AGREE, "-": Choice.AGAINST, "o": Choice.ABSTAIN}


def unit(number: str, area: Any = "100", *owners: str, developer: bool = False, **areas: str) -> Unit:
    known = {name: Decimal(value) for name, value in areas.items()} or {"register": Decimal(area)}
    return Unit(number, known, owners, developer)


def ballot(
    owner: str, choice: str = "+", *, closes: datetime = NEW, before: timedelta = timedelta(hours=1), proxy: str = ""
) -> Ballot:
    return Ballot(owner, LETTERS[choice], closes - before, proxy=proxy)


def vote(votes: str, *, areas: Sequence[Any] = (), matter: Matter = Matter.ALTERATION, closes: datetime = NEW) -> Result:
    """One owner of one unit for each letter: + agrees, - is against, o abstains, . does not vote."""
    sizes = areas or [100] * len(votes)
    units = [unit(f"{n}", str(size), f"业主{n}") for n, size in enumerate(sizes)]
    cast = [ballot(f"业主{n}", letter, closes=closes) for n, letter in enumerate(votes) if letter != "."]
    return count(units, cast, matter=matter, opens_at=closes - WEEK, closes_at=closes)


HARD, EASY = Matter.ALTERATION, Matter.ORDINARY
CASES = [
    # Civil Code, alterations: two thirds take part, three quarters of those agree; by heads
    ("+++++++++...", (), HARD, NEW, True),  # 9 of 12 take part, all agree
    ("++++++++....", (), HARD, NEW, True),  # exactly two thirds take part
    ("+++++++.....", (), HARD, NEW, False),  # seven twelfths
    ("++++++--....", (), HARD, NEW, True),  # exactly three quarters of the eight agree
    ("+++++---....", (), HARD, NEW, False),  # five eighths
    ("++++++-o....", (), HARD, NEW, True),  # an abstention takes part and does not agree
    ("+++++-oo....", (), HARD, NEW, False),
    ("+++++++++---", (), HARD, NEW, True),  # all take part, exactly three quarters
    ("++++++++----", (), HARD, NEW, False),  # all take part, two thirds: the old law's majority is not enough
    ("............", (), HARD, NEW, False),
    ("oooooooooooo", (), HARD, NEW, False),
    ("------------", (), HARD, NEW, False),
    ("+", (), HARD, NEW, True),
    (".", (), HARD, NEW, False),
    # by area, heads being enough
    ("+++", (100, 100, 100), HARD, NEW, True),
    ("++.", (100, 100, 100), HARD, NEW, True),  # exactly two thirds of area and heads
    ("++.", (100, 99.99, 100), HARD, NEW, False),  # a hair under two thirds of the area
    ("++.", (100, 100.01, 100), HARD, NEW, True),
    ("+++-", (100, 100, 100, 100), HARD, NEW, True),  # exactly three quarters of both
    ("+++-", (100, 100, 100, 100.01), HARD, NEW, False),  # three quarters of heads, not of area
    ("+++-", (100, 100, 100, 99.99), HARD, NEW, True),
    ("+--", (800, 100, 100), HARD, NEW, False),  # four fifths of the area, a third of the heads
    ("+..", (800, 100, 100), HARD, NEW, False),
    ("+++++-", (10, 10, 10, 10, 10, 950), HARD, NEW, False),  # five sixths of the heads, hardly any area
    ("++++++++.", (33.34,) * 8 + (133.36,), HARD, NEW, True),  # exactly two thirds of the area
    ("++++++++.", (33.33,) * 8 + (133.36,), HARD, NEW, False),
    # Civil Code, other matters: more than half of those who take part
    ("++-.", (), EASY, NEW, True),
    ("++--", (), EASY, NEW, False),  # exactly half is not more than half
    ("++-o", (), EASY, NEW, False),
    ("+++--.", (), EASY, NEW, True),
    ("+-.", (100.01, 100, 1), EASY, NEW, False),  # more than half of the area, half of the heads
    ("++-", (50, 50, 100), EASY, NEW, False),  # two thirds of the heads, half of the area
    ("++-", (50, 50.01, 100), EASY, NEW, True),
    ("+++.....", (), EASY, NEW, False),  # nobody disagrees, too few take part
    # matters 6 to 8 need three quarters, funds and common use like alterations
    ("+++-", (), Matter.FUNDS, NEW, True),
    ("++-o", (), Matter.FUNDS, NEW, False),
    ("+++-", (), Matter.COMMON_USE, NEW, True),
    ("++-", (), Matter.COMMON_USE, NEW, False),
    # Property Law until 2020-12-31: two thirds of all agree
    ("++.", (), HARD, OLD, True),
    ("+++++++....", (), HARD, OLD, False),
    ("++++++++----", (), HARD, OLD, True),  # fails under the Civil Code, see above
    ("++++++--....", (), HARD, OLD, False),  # passes under the Civil Code, see above
    ("++.", (100, 99.99, 100), HARD, OLD, False),
    ("++.", (), Matter.FUNDS, OLD, True),
    ("++.", (), Matter.COMMON_USE, OLD, True),  # more than half of all, no more was asked then
    ("+++-..", (), Matter.COMMON_USE, OLD, False),  # exactly half of all
    ("++-", (), EASY, OLD, True),
    ("++..", (), EASY, OLD, False),
    ("+++.", (), EASY, OLD, True),
]


@pytest.mark.parametrize(("votes", "areas", "matter", "closes", "passes"), CASES)
def test_a_vote_passes_or_does_not(votes: str, areas: Any, matter: Matter, closes: datetime, passes: bool) -> None:
    assert vote(votes, areas=areas, matter=matter, closes=closes).is_passed is passes


def test_there_are_forty_cases_and_more() -> None:
    assert len(CASES) >= 40


class TestRegime:
    def test_the_day_on_which_the_vote_closes_decides(self) -> None:
        midnight = timezone.make_aware(datetime(2021, 1, 1))  # noqa: DTZ001
        assert vote("+", closes=midnight).regime.code == "civil-code-278"
        assert vote("+", closes=midnight - timedelta(seconds=1)).regime.code == "property-law-76"


def poll(units: Sequence[Unit], *ballots: Ballot, proxies: Sequence[Proxy] = ()) -> Result:
    return count(units, ballots, matter=HARD, opens_at=NEW - WEEK, closes_at=NEW, proxies=proxies)


class TestHeads:
    def test_one_owner_of_many_flats_is_one_head_with_all_their_area(self) -> None:
        result = poll([unit("1", "50", "甲"), unit("2", "70", "甲"), unit("3", "80", "乙")], ballot("甲"))
        assert (result.everybody.heads, result.choices[Choice.AGREE].heads) == (2, 1)
        assert result.choices[Choice.AGREE].area == 120

    def test_the_developer_s_stock_is_one_head(self) -> None:
        stock = [unit(f"{n}", developer=True) for n in range(9)]
        result = poll(
            [*stock, unit("a", "100", "甲"), unit("b", "100", "乙")], ballot(DEVELOPER, "-"), ballot("甲"), ballot("乙")
        )
        assert (result.everybody.heads, result.everybody.area) == (3, 1100)
        assert not result.is_passed  # two of three heads, two elevenths of the area
        assert result.tests[1].part.heads == 2

    def test_joint_owners_are_one_head_and_one_voice(self) -> None:
        units = [unit("1", "100", "甲", "乙"), unit("2", "100", "丙")]
        result = poll(units, ballot("甲"), ballot("乙"), ballot("丙"))
        assert (result.everybody.heads, result.choices[Choice.AGREE].heads) == (2, 2)
        assert poll(units, ballot("甲")).choices[Choice.AGREE].area == 100

    def test_joint_owners_who_differ_take_part_for_nobody(self) -> None:
        units = [unit("1", "100", "甲", "乙"), unit("2", "100", "丙")]
        result = poll(units, ballot("甲"), ballot("乙", "-"), ballot("丙"))
        assert [set(holding.holder) for holding in result.split] == [{"甲", "乙"}]
        assert result.taking_part.heads == 1
        assert not result.is_passed

    def test_who_owns_alone_and_jointly_is_two_holdings(self) -> None:
        held = holdings([unit("1", "100", "甲"), unit("2", "100", "甲", "乙"), unit("3", "90", "乙", "甲")])
        assert [(len(one.units), one.area) for one in held] == [(1, 100), (2, 190)]


class TestBallots:
    def test_the_last_ballot_of_a_person_counts(self) -> None:
        again = [ballot("甲", "-", before=timedelta(hours=3)), ballot("甲", "+")]
        result = poll([unit("1", "100", "甲")], *again)
        assert result.is_passed
        assert [one.ballot.choice for one in result.not_counted] == [Choice.AGAINST]

    @pytest.mark.parametrize(
        ("cast", "why"),
        [
            (ballot("丁"), "名册里没有"),
            (ballot("甲", before=-timedelta(seconds=1)), "截止以后"),
            (ballot("甲", before=WEEK + timedelta(seconds=1)), "开始以前"),
            (ballot("甲", proxy="戊"), "没有这位业主的委托书"),
        ],
    )
    def test_others_do_not_and_say_why(self, cast: Ballot, why: str) -> None:
        result = poll([unit("1", "100", "甲")], cast)
        assert result.taking_part.heads == 0
        assert why in result.not_counted[0].why

    def test_the_last_second_counts(self) -> None:
        assert poll([unit("1", "100", "甲")], ballot("甲", before=timedelta(0))).is_passed

    def test_a_proxy_counts_while_it_holds(self) -> None:
        cast = ballot("甲", proxy="戊")
        given, revoked = cast.cast_at - timedelta(days=1), cast.cast_at
        holding, taken_back = Proxy("甲", "戊", given), Proxy("甲", "戊", given, revoked)
        assert poll([unit("1", "100", "甲")], cast, proxies=[holding]).is_passed
        result = poll([unit("1", "100", "甲")], cast, proxies=[taken_back])
        assert "撤回" in result.not_counted[0].why
        again = Proxy("甲", "戊", revoked)
        assert poll([unit("1", "100", "甲")], cast, proxies=[taken_back, again]).is_passed


class TestRoll:
    def test_the_area_is_the_register_s_then_the_survey_s_then_the_contract_s(self) -> None:
        assert unit("1", register="80.5", survey="81", contract="82").area == Fraction(161, 2)
        assert unit("1", survey="81", contract="82").area == 81
        assert unit("1", contract="82").area_source == "contract"

    @pytest.mark.parametrize(
        ("units", "where", "why"),
        [
            ([], "units", "一户也没有"),
            ([unit("1", "100", "甲"), unit("1", "90", "甲")], "1", "出现了两次"),
            ([Unit("1", {}, ("甲",))], "1", "没有面积"),
            ([Unit("1", {"guess": Decimal(9)}, ("甲",))], "1", "没有面积"),
            ([unit("1", "0", "甲")], "1", "大于零"),
            ([unit("1", "-3", "甲")], "1", "大于零"),
            ([unit("1")], "1", "没有业主"),
            ([unit("1", "100", " ")], "1", "没有业主"),
            ([unit("1", "100", "甲", "甲")], "1", "写了两次"),
        ],
    )
    def test_what_cannot_be_counted_is_said(self, units: list[Unit], where: str, why: str) -> None:
        with pytest.raises(InvalidMany) as refused:
            count(units, [], matter=HARD, opens_at=OLD, closes_at=NEW)
        assert why in str(refused.value.sentences[where])


@given(st.text("+-o.", min_size=1, max_size=40), st.sampled_from(Matter), st.sampled_from([OLD, NEW]))
def test_one_more_who_agrees_never_undoes_a_decision(votes: str, matter: Matter, closes: datetime) -> None:
    more = votes.replace("-", "+", 1)
    if vote(votes, matter=matter, closes=closes).is_passed:
        assert vote(more, matter=matter, closes=closes).is_passed


@given(st.lists(st.tuples(st.sampled_from("+-o."), st.decimals("0.01", "500", places=2)), min_size=1, max_size=30))
def test_every_square_meter_and_every_head_is_counted_once(cast: list[tuple[str, Decimal]]) -> None:
    result = vote("".join(letter for letter, _area in cast), areas=[area for _letter, area in cast])
    voted = [area for letter, area in cast if letter != "."]
    assert result.taking_part.area == sum(map(Fraction, voted))
    assert (result.taking_part.heads, result.everybody.heads) == (len(voted), len(cast))
