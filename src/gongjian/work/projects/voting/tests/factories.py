"""A vote and whoever works on it. Call inside an office's scope."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser

from gongjian.kernel import clock
from gongjian.work.projects.tests.factories import Cast, make_project
from gongjian.work.projects.voting import services
from gongjian.work.projects.voting.models import Ballot, Flat, Owner, Vote
from gongjian.work.projects.voting.selectors.ballots import current_ballots
from gongjian.work.projects.voting.services import Entry, Voice

STRANGER = AnonymousUser()
"""Whoever opens a secret link."""


def make_vote(cast: Cast, **details: Any) -> Vote:
    details.setdefault("opens_at", clock.now())
    details.setdefault("closes_at", clock.now() + timedelta(days=10))
    project = details.pop("project", None) or make_project(cast, kind="elevator")
    details.setdefault("place", project.place)
    facts = {"title": "2单元加装电梯", "organizer": "业主委员会（样例）", "motion": "同意加装电梯", "kind": "alteration"}
    return services.prepare_vote(cast.worker, project=project, **{**facts, **details})


def entry(number: str, area: str = "80.00", *owners: str, **details: Any) -> Entry:
    who = [(name, "") for name in owners or (f"业主{number}",)]
    return Entry(number, {"register": Decimal(area)}, [] if details.get("developer") else who, **details)


def make_open(cast: Cast, entries: Sequence[Entry] = (), **details: Any) -> Vote:
    vote = make_vote(cast, **details)
    services.add_flats(cast.worker, vote=vote, entries=entries or [entry(str(n), floor=n) for n in range(1, 5)])
    return services.open_vote(cast.worker, vote=vote)


def flat_of(vote: Vote, number: str) -> Flat:
    return Flat.objects.select_related("vote__place").get(vote=vote, number=number)


def voice(flat: Flat, choice: str = "agree", *, owner: str = "", seen: int | None = None, **details: Any) -> Voice:
    """The same choice on every motion, by somebody who has seen what stands there."""
    motions = [motion.pk for motion in flat.vote.motions.all()]
    current = current_ballots(flat)
    versions = {pk: (current[pk].version if pk in current else 0) if seen is None else seen for pk in motions}
    owners = Owner.objects.filter(vote=flat.vote, titles__flat=flat)
    who = owners.get(name=owner) if owner else owners.first()
    return Voice(dict.fromkeys(motions, choice), who, versions, **details)


def cast_paper(
    cast: Cast, flat: Flat, choice: str = "agree", *, cast_at: datetime | None = None, **details: Any
) -> list[Ballot]:
    scan = details.pop("scan", None)
    at = cast_at or clock.now()
    return services.enter_paper(cast.worker, flat=flat, voice=voice(flat, choice, **details), cast_at=at, scan=scan)


def make_locked(cast: Cast, agree: int = 4) -> Vote:
    """Four flats; the first `agree` of them vote online; the time is over."""
    vote = make_open(cast)
    for number in range(1, agree + 1):
        flat = flat_of(vote, str(number))
        services.cast_online(STRANGER, flat=flat, voice=voice(flat))
    with clock.set_to(vote.closes_at + timedelta(hours=1)):
        return services.lock_vote(cast.clerk, vote=vote)
