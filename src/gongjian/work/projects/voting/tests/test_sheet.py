from decimal import Decimal
from typing import Any

import pytest

from gongjian.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from gongjian.kernel.sheets.kinds import Row
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_community
from gongjian.work.projects.tests.factories import Cast
from gongjian.work.projects.voting import sheet as at
from gongjian.work.projects.voting.models import Flat, Vote
from gongjian.work.projects.voting.selectors.votes import roll
from gongjian.work.projects.voting.tests.factories import make_open, make_vote


def row(number: int = 2, **cells: str) -> Row:
    return Row(number, {column.title: "" for column in at.COLUMNS} | cells)


def line(number: str, area: str = "89.5", owners: str = "张样例", at_row: int = 2, **cells: str) -> Row:
    return row(at_row, **{at.NUMBER: number, at.AREAS["register"]: area, at.OWNERS: owners, **cells})


def opened(cast: Cast, vote: Vote) -> at.RollSheet:
    kind = at.RollSheet(cast.worker, str(vote.pk))
    kind.check()
    kind.prepare()
    return kind


def looked_at(kind: at.RollSheet, *rows: Row) -> list[Row]:
    for one in rows:
        kind.read(one)
    kind.mark_repeated(rows)
    return list(rows)


class TestRead:
    def test_a_line_becomes_a_flat_with_joint_owners(self, cast: Cast) -> None:
        vote = make_vote(cast)
        kind = opened(cast, vote)
        (one,) = looked_at(kind, line("301", owners="张样例、李样例", **{at.FLOOR: "3", at.MARKS: "123X, 4567"}))
        assert kind.write([one]) == 1
        flat = roll(vote).get()
        assert (flat.area, flat.floor, flat.area_source) == (Decimal("89.50"), 3, "登记簿")
        assert [title.owner.key for title in flat.titles.all()] == ["张样例·123X", "李样例·4567"]
        assert next(iter(at.columns_of([flat])))[5] == "张样例、李样例"

    def test_the_area_comes_from_the_title_first(self, cast: Cast) -> None:
        vote = make_vote(cast)
        kind = opened(cast, vote)
        one = line("301", "", **{at.AREAS["survey"]: "90.1", at.AREAS["contract"]: "95"})
        kind.write(looked_at(kind, one))
        assert (Flat.objects.get().area, Flat.objects.get().area_source) == (Decimal("90.10"), "测绘")

    @pytest.mark.parametrize(
        ("cells", "says"),
        [
            ({at.AREAS["register"]: ""}, "没有面积"),
            ({at.AREAS["register"]: "-3"}, "不对"),
            ({at.AREAS["register"]: "89.567"}, "不对"),
            ({at.OWNERS: ""}, "没有业主"),
            ({at.OWNERS: "张样例、张样例"}, "写了两次"),
            ({at.DEVELOPER: "是"}, "只能是一样"),
            ({at.MARKS: "1234、5678"}, "个数"),
            ({at.FLOOR: "三楼"}, "数字"),
            ({at.NUMBER: ""}, "没有填"),
        ],
    )
    def test_what_cannot_be_says_why(self, cast: Cast, cells: dict[str, Any], says: str) -> None:
        kind = opened(cast, make_vote(cast))
        wrong = line("301")
        wrong.cells |= cells
        with pytest.raises(Invalid, match=says):
            kind.read(wrong)


class TestTwice:
    def test_two_areas_for_one_flat_stop_both_lines(self, cast: Cast) -> None:
        kind = opened(cast, make_vote(cast))
        one, two = looked_at(kind, line("301", "89.5"), line("301", "98.5", at_row=7))
        assert "第 2 行 89.5 平方米，这里 98.5 平方米" in two.why
        assert one.why
        assert [one.repeated, two.repeated] == [False, False]

    def test_the_same_line_again_is_left_out(self, cast: Cast) -> None:
        kind = opened(cast, make_vote(cast))
        one, two = looked_at(kind, line("301"), line("301", at_row=3))
        assert (one.why, two.repeated) == ("", True)

    def test_what_is_on_the_roll_already(self, cast: Cast) -> None:
        vote = make_vote(cast)
        kind = opened(cast, vote)
        kind.write(looked_at(kind, line("301")))
        same, other = looked_at(opened(cast, vote), line("301"), line("302"))
        assert (same.repeated, other.why) == (True, "")
        (changed,) = looked_at(opened(cast, vote), line("301", "99"))
        assert "对不上" in changed.why
        assert not changed.repeated


class TestWhoMay:
    def test_not_into_an_open_vote_nor_anothers(self, cast: Cast) -> None:
        with pytest.raises(Conflict):
            at.RollSheet(cast.worker, str(make_open(cast).pk)).check()
        with pytest.raises(Missing):
            at.RollSheet(cast.worker, "nothing").check()
        stranger = make_account(cast.office, Role.COMMUNITY_WORKER, community=make_community(cast.office))
        with pytest.raises((Missing, NotAllowed)):
            at.RollSheet(stranger, str(make_vote(cast).pk)).check()
