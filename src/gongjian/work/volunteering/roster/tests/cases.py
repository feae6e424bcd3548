"""Makers of cases, small for properties and as large as a city's for measuring."""

import random
from datetime import datetime, timedelta, timezone
from itertools import product

from hypothesis import strategies as st

from gongjian.work.volunteering.roster import Case, Pair, Point, Rules, Shift, Volunteer, Window

ZONE = timezone(timedelta(hours=8))
MONDAY = datetime(2020, 2, 3, tzinfo=ZONE)
SKILLS = ("first-aid", "driving")
PARTS = ((7, 4), (12, 4), (17, 5))
"""The hour at which a part of the day begins, and how many hours it has."""


def at(day: int, hour: int) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


def shift(
    key: int, *, day: int = 0, hour: int = 8, hours: int = 4, minimum: int = 1, maximum: int = 2, **more: object
) -> Shift:
    return Shift(key, at(day, hour), at(day, hour) + timedelta(hours=hours), minimum, maximum, **more)


def hours(number: int) -> timedelta:
    return timedelta(hours=number)


@st.composite
def cases(draw: st.DrawFn, people: int = 6, shifts: int = 7) -> Case:
    """Anything that can happen at once: overlaps, midnight, locks that break rules, needs that nobody meets."""
    some_skills = st.frozensets(st.sampled_from(SKILLS))
    whole = draw(st.integers(1, shifts))
    number = draw(st.integers(1, people))
    table = []
    for key in range(whole):
        least = draw(st.integers(0, 3))
        some = draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(1, 2), max_size=1))
        table.append(
            shift(
                key,
                day=draw(st.integers(0, 8)),
                hour=draw(st.integers(0, 23)),
                hours=draw(st.integers(1, 9)),
                minimum=least,
                maximum=least + draw(st.integers(0, 2)) or 1,
                skills=draw(st.just(frozenset()) | some_skills),
                some=some,
                at=draw(st.none() | st.just(Point(35.0, 113.9))),
            )
        )
    volunteers = tuple(draw(_volunteer(key, number, whole)) for key in range(number))
    pair = st.builds(Pair, st.integers(0, number - 1), st.integers(0, whole - 1))
    limit = st.none() | st.integers(4, 20).map(hours)
    rules = Rules(draw(st.integers(0, 12).map(hours)), draw(limit), draw(limit), draw(limit))
    locked = draw(st.frozensets(pair, max_size=3))
    return Case(volunteers, tuple(table), rules, locked, draw(st.frozensets(pair, max_size=4)) - locked)


@st.composite
def _volunteer(draw: st.DrawFn, key: int, people: int, shifts: int) -> Volunteer:
    windows = st.builds(
        lambda day, hour, long: Window(at(day, hour), at(day, hour + long)),
        st.integers(0, 8),
        st.integers(0, 23),
        st.integers(1, 48),
    )
    some_shifts = st.frozensets(st.integers(0, shifts - 1), max_size=2)
    return Volunteer(
        key,
        draw(st.frozensets(st.sampled_from(SKILLS))),
        draw(st.none() | st.lists(windows, max_size=6).map(tuple)),
        draw(st.lists(windows, max_size=1).map(tuple)),
        draw(st.none() | st.integers(4, 20).map(hours)),
        draw(st.none() | st.integers(4, 30).map(hours)),
        hours(draw(st.integers(0, 10))),
        draw(st.none() | st.sampled_from((Point(35.0, 113.9), Point(35.1, 113.9)))),
        draw(st.none() | st.just(5000)),
        draw(some_shifts),
        draw(some_shifts),
        draw(st.frozensets(st.integers(0, people - 1), max_size=1)),
    )


def neighborhood(people: int, days: int, gates: int, *, slots: tuple[int, int] = (2, 6), seed: int = 1) -> Case:
    """Three shifts a day at each gate; everybody has time in some of the week's 21 parts of days, always the same."""
    chance = random.Random(seed)
    places = [_near(chance, 0.015) for _gate in range(gates)]
    shifts = [
        shift(
            key,
            day=day,
            hour=PARTS[part][0],
            hours=PARTS[part][1],
            minimum=chance.choice((2, 3, 3)),
            maximum=4,
            skills=frozenset({"driving"}) if chance.random() < 0.04 else frozenset(),
            some={"first-aid": 1} if chance.random() < 0.3 else {},
            at=places[gate],
        )
        for key, (day, gate, part) in enumerate(product(range(days), range(gates), range(3)))
    ]
    volunteers = [_resident(chance, key, people, shifts, chance.randint(*slots)) for key in range(people)]
    return Case(tuple(volunteers), tuple(shifts))


def _near(chance: random.Random, spread: float) -> Point:
    return Point(35.3 + chance.uniform(-spread, spread), 113.9 + chance.uniform(-spread, spread))


def _resident(chance: random.Random, key: int, people: int, shifts: list[Shift], slots: int) -> Volunteer:
    """With time in so many of the week's 21 parts of days."""
    free = set(chance.sample(list(product(range(7), (hour for hour, _long in PARTS))), slots))
    spans = {(one.start, one.end) for one in shifts if (one.start.weekday(), one.start.hour) in free}
    return Volunteer(
        key,
        frozenset(skill for skill, share in (("driving", 0.15), ("first-aid", 0.2)) if chance.random() < share),
        tuple(Window(*span) for span in spans),
        per_week=hours(20),
        most=hours(chance.choice((16, 24, 32, 40))),
        home=_near(chance, 0.02),
        reach=chance.choice((None, 2000, 3000)),
        wishes=frozenset(chance.sample(range(len(shifts)), min(5, len(shifts)))),
        friends=frozenset({chance.randrange(people)}) if chance.random() < 0.2 else frozenset(),
    )
