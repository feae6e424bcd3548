from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from gongjian.kernel.errors import Conflict
from gongjian.kernel.models import CalendarDay, Submission
from gongjian.kernel.submissions import carry_out_once


def act_counting(done: list[int]) -> Any:
    def act() -> dict[str, Any]:
        done.append(1)
        return {"number": len(done)}

    return act


@pytest.mark.django_db
class TestCarryOutOnce:
    def test_the_second_call_gets_the_first_ones_answer(self) -> None:
        done: list[int] = []
        first = carry_out_once("k", act_counting(done))
        second = carry_out_once("k", act_counting(done))
        assert (first.content, first.repeated) == ({"number": 1}, False)
        assert (second.content, second.repeated) == ({"number": 1}, True)
        assert len(done) == 1

    def test_another_key_is_another_act(self) -> None:
        done: list[int] = []
        assert carry_out_once("a", act_counting(done)).content != carry_out_once("b", act_counting(done)).content

    def test_the_same_key_for_other_content_is_refused(self) -> None:
        carry_out_once("k", dict, fingerprint="one")
        with pytest.raises(Conflict, match="提交编号"):
            carry_out_once("k", dict, fingerprint="two")

    def test_what_failed_may_be_tried_again(self) -> None:
        def fail() -> dict[str, Any]:
            raise Conflict("没办成")

        with pytest.raises(Conflict):
            carry_out_once("k", fail)
        assert not Submission.objects.exists()
        assert carry_out_once("k", lambda: {"done": True}).content == {"done": True}


@pytest.mark.django_db(transaction=True)
class TestAtTheSameTime:
    def test_of_eight_equal_submissions_one_is_carried_out(self) -> None:
        start = Barrier(8)

        def submit(day: int) -> bool:
            start.wait()
            try:
                answer = carry_out_once("race", lambda: _write(day))
                assert answer.content["rows"] == 1
                return answer.repeated
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            repeated = list(pool.map(submit, range(8)))
        assert sorted(repeated) == [False] + [True] * 7
        assert CalendarDay.objects.count() == 1


def _write(day: int) -> dict[str, int]:
    CalendarDay.objects.create(day=f"2030-01-{day + 1:02d}", working=True, reason="race")
    return {"rows": CalendarDay.objects.count()}
