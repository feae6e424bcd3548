from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.utils import timezone

from gongjian.kernel import clock

NEW_YEAR = datetime(2020, 1, 1, 0, 30, tzinfo=timezone.get_default_timezone())


class TestSetTo:
    def test_the_clock_reads_the_moment_and_runs_on(self) -> None:
        with clock.set_to(NEW_YEAR):
            first = clock.now()
            assert NEW_YEAR <= first < NEW_YEAR + timedelta(seconds=5)
            assert clock.now() >= first

    def test_after_the_block_it_is_now_again_even_after_an_error(self) -> None:
        with pytest.raises(ZeroDivisionError), clock.set_to(NEW_YEAR):
            _ = 1 / 0
        assert abs(clock.now() - timezone.now()) < timedelta(seconds=5)

    def test_blocks_nest(self) -> None:
        with clock.set_to(NEW_YEAR):
            with clock.set_to(NEW_YEAR + timedelta(days=9)):
                assert clock.today() == date(2020, 1, 10)
            assert clock.today() == date(2020, 1, 1)

    def test_other_threads_keep_their_own_time(self) -> None:
        seen: list[int] = []
        with clock.set_to(NEW_YEAR):
            thread = Thread(target=lambda: seen.append(clock.now().year))
            thread.start()
            thread.join()
        assert seen == [timezone.now().year]


class TestToday:
    def test_the_day_is_that_of_the_office_not_of_greenwich(self) -> None:
        with clock.set_to(datetime(2020, 7, 29, 17, 0, tzinfo=UTC)):
            assert clock.today() == date(2020, 7, 30)
