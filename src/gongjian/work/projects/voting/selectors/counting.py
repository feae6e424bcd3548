"""The count from the database: three queries for a vote of any size, then exact arithmetic."""

from collections import defaultdict

from gongjian.work.projects.voting import ballots as cast
from gongjian.work.projects.voting.counting import Result, count
from gongjian.work.projects.voting.models import Ballot, Flat, FlatOwner, Motion, Proxy, Vote
from gongjian.work.projects.voting.regimes import Matter
from gongjian.work.projects.voting.roll import DEVELOPER, SOURCES, Unit

_AREAS = [f"{source}_area" for source in SOURCES]


def count_vote(vote: Vote) -> list[tuple[Motion, Result]]:
    """Every motion as it would end now. Raises InvalidMany for a roll that cannot be counted."""
    units, proxies, by_motion = units_of(vote), _proxies(vote), _ballots(vote)
    return [
        (
            motion,
            count(
                units,
                by_motion[motion.pk],
                matter=Matter(motion.kind),
                opens_at=vote.opens_at,
                closes_at=vote.closes_at,
                proxies=proxies,
            ),
        )
        for motion in vote.motions.all()
    ]


def units_of(vote: Vote) -> list[Unit]:
    owners: dict[int, list[str]] = defaultdict(list)
    for flat, name, mark in FlatOwner.objects.filter(flat__vote=vote).values_list("flat_id", "owner__name", "owner__mark"):
        owners[flat].append(_key(name, mark))
    rows = Flat.objects.filter(vote=vote).order_by("number").values_list("pk", "number", "developer", *_AREAS)
    return [
        Unit(number, {source: area for source, area in zip(SOURCES, areas, strict=True) if area}, owners[pk], developer)
        for pk, number, developer, *areas in rows
    ]


def _key(name: str, mark: str) -> str:
    return f"{name}·{mark}" if mark else name


def _ballots(vote: Vote) -> dict[int, list[cast.Ballot]]:
    found: dict[int, list[cast.Ballot]] = defaultdict(list)
    rows = Ballot.objects.filter(motion__vote=vote).order_by("pk")
    for motion, name, mark, choice, at, means, proxy in rows.values_list(
        "motion_id", "owner__name", "owner__mark", "choice", "cast_at", "means", "proxy__name"
    ):
        owner = DEVELOPER if name is None else _key(name, mark)
        found[motion].append(cast.Ballot(owner, cast.Choice(choice), at, means, proxy or ""))
    return found


def _proxies(vote: Vote) -> list[cast.Proxy]:
    rows = Proxy.objects.filter(vote=vote).select_related("owner")
    return [cast.Proxy(one.owner.key, one.name, one.given_at, one.revoked_at) for one in rows]
