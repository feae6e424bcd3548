"""Which days of a public notice count. What campaigns add is tested in `honors`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from gongjian.kernel import clock
from gongjian.kernel.notice_days import read_clock, stop_between


def at(*when):
    return datetime(*when, tzinfo=ZoneInfo("Asia/Shanghai"))


def read(now, *, stops=(), ended_at=None, workdays=5):
    with clock.set_to(now):
        return read_clock(published_on=date(2021, 3, 1), workdays=workdays, ended_at=ended_at, stops=stops)


def test_the_day_of_publication_does_not_count_and_a_day_counts_once_it_is_over(db):
    assert read(at(2021, 3, 2, 12)).elapsed == 0
    assert read(at(2021, 3, 3, 12)).elapsed == 1
    assert read(at(2021, 3, 8, 23, 58)).left == 1
    assert read(at(2021, 3, 9, 0, 1)).is_over


def test_the_clock_stands_still_while_a_well_founded_objection_is_open(db):
    standing = read(at(2021, 3, 20, 12), stops=[stop_between(at(2021, 3, 3, 9), None)])
    assert (standing.elapsed, standing.stopped, standing.last_day) == (1, True, None)
    answered = read(at(2021, 3, 20, 12), stops=[stop_between(at(2021, 3, 3, 9), at(2021, 3, 4, 9))])
    assert (answered.is_over, answered.stopped, answered.last_day) == (True, False, date(2021, 3, 10))


def test_after_its_end_nothing_more_is_counted(db):
    ended = read(at(2021, 6, 1, 12), ended_at=at(2021, 3, 9, 9))
    assert (ended.elapsed, ended.last_day) == (5, None)
