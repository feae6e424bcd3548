from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from gongjian.kernel.errors import Conflict
from gongjian.kernel.locking import lock
from gongjian.kernel.models import CalendarDay


@pytest.mark.django_db(transaction=True)
class TestLock:
    def test_outside_a_transaction_it_is_a_programming_error(self) -> None:
        with pytest.raises(RuntimeError, match="outside a transaction"):
            lock("anything")

    def test_the_second_waits_and_then_is_told_to_try_again(self) -> None:
        held, tried = Event(), Event()

        def hold() -> None:
            with transaction.atomic():
                lock("room:1")
                held.set()
                tried.wait(timeout=10)
            connection.close()

        with ThreadPoolExecutor(1) as pool:
            holder = pool.submit(hold)
            held.wait(timeout=10)
            with pytest.raises(Conflict, match="请稍候再试"), transaction.atomic():
                lock("room:1", seconds=1)
            tried.set()
            holder.result(timeout=10)

    def test_other_names_do_not_wait(self) -> None:
        with transaction.atomic():
            lock("room:1", "room:2")
            with ThreadPoolExecutor(1) as pool:
                assert pool.submit(_take, "room:3").result(timeout=10)

    def test_decide_and_write_is_done_by_one_of_many(self) -> None:
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(_write_if_empty, range(6)))
        assert CalendarDay.objects.count() == 1


def _take(name: str) -> bool:
    with transaction.atomic():
        lock(name, seconds=1)
    connection.close()
    return True


def _write_if_empty(number: int) -> None:
    with transaction.atomic():
        lock("the only day")
        if not CalendarDay.objects.exists():
            CalendarDay.objects.create(day=f"2030-02-{number + 1:02d}", working=True, reason="lock")
    connection.close()
