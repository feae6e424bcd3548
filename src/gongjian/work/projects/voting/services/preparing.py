"""Before a vote: what it is about, and who may vote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Place
from gongjian.work.projects.models import Project
from gongjian.work.projects.voting.models import Flat, FlatOwner, Motion, Owner, Vote
from gongjian.work.projects.voting.models.votes import MATTERS
from gongjian.work.projects.voting.regimes import Matter
from gongjian.work.projects.voting.roll import Unit, holdings
from gongjian.work.projects.voting.selectors.counting import units_of

MOST_MOTIONS = 12


@dataclass(frozen=True)
class Entry:
    """A line of the roll. `areas` by register, survey, contract; `owners` are (name, mark)."""

    number: str
    areas: dict[str, Decimal]
    owners: Sequence[tuple[str, str]] = ()
    floor: int | None = None
    developer: bool = False


@transaction.atomic
def prepare_vote(
    actor: Account,
    *,
    project: Project,
    place: Place,
    title: str,
    organizer: str,
    opens_at: datetime,
    closes_at: datetime,
    motion: str,
    kind: str,
    scope: str = Vote.Scope.UNIT,
    objection_days: int = 15,
) -> Vote:
    """With its first motion. Raises Invalid for times that cannot be."""
    require(actor, "voting.keep", place)
    if not project.is_open:
        raise Conflict(_("项目已经结束，不能再办表决。"), code="project-over")
    if not f"{place.path}/".startswith(f"{project.place.path}/"):
        raise Invalid(_("要在项目所在的地方里选。"), code="place", field="place")
    if closes_at <= opens_at:
        raise Invalid(_("截止要晚于开始。"), code="times", field="closes_at")
    if closes_at <= clock.now():
        raise Invalid(_("截止时间已经过去了。"), code="past", field="closes_at")
    vote = Vote.objects.create(
        office=actor.office,
        project=project,
        place=place,
        title=title.strip(),
        organizer=organizer.strip(),
        scope=scope,
        opens_at=opens_at,
        closes_at=closes_at,
        objection_days=objection_days,
        created_by=actor,
        created_at=clock.now(),
    )
    add_motion(actor, vote=vote, title=motion, kind=kind)
    audit.record(actor, "voting.prepare", vote)
    return vote


@transaction.atomic
def add_motion(actor: Account, *, vote: Vote, title: str, kind: str) -> Motion:
    vote = _draft(actor, vote)
    if len(title.strip()) < 2:
        raise Invalid(_("请写明表决什么。"), code="title", field="title")
    if kind not in MATTERS:
        raise Invalid(_("请选是哪一类事项：适用的比例不一样。"), code="kind", field="kind")
    number = vote.motions.count() + 1
    if number > MOST_MOTIONS:
        raise Invalid(_("一次表决最多 %(most)s 项。") % {"most": MOST_MOTIONS}, code="many", field="title")
    motion: Motion = Motion.objects.create(vote=vote, number=number, title=title.strip(), kind=Matter(kind))
    return motion


@transaction.atomic
def add_flats(actor: Account, *, vote: Vote, entries: Sequence[Entry]) -> int:
    """Raises Conflict where one of them is on the roll already, InvalidMany for what cannot be counted."""
    vote = _draft(actor, vote)
    known = set(Flat.objects.filter(vote=vote, number__in=[entry.number for entry in entries]).values_list("number", flat=True))
    if known:
        raise Conflict(_("名册里已经有 %(number)s。") % {"number": min(known)}, code="flat-known")
    flats = [_flat(vote, entry) for entry in entries]
    holdings([Unit(one.number, one.areas, [f"{name}·{mark}" for name, mark in one.owners], one.developer) for one in entries])
    Flat.objects.bulk_create(flats)
    owners = _owners(vote, entries)
    FlatOwner.objects.bulk_create(
        [FlatOwner(flat=flat, owner=owners[who]) for flat, entry in zip(flats, entries, strict=True) for who in entry.owners]
    )
    audit.record(actor, "voting.add_flats", vote, flats=len(flats))
    return len(flats)


def _flat(vote: Vote, entry: Entry) -> Flat:
    areas = {f"{source}_area": area for source, area in entry.areas.items()}
    return Flat(vote=vote, number=entry.number, floor=entry.floor, developer=entry.developer, **areas)


def _owners(vote: Vote, entries: Sequence[Entry]) -> dict[tuple[str, str], Owner]:
    wanted = {who for entry in entries for who in entry.owners}
    Owner.objects.bulk_create([Owner(vote=vote, name=name, mark=mark) for name, mark in sorted(wanted)], ignore_conflicts=True)
    return {(owner.name, owner.mark): owner for owner in Owner.objects.filter(vote=vote)}


@transaction.atomic
def clear_roll(actor: Account, *, vote: Vote) -> Vote:
    """All of it, to bring in a mended one."""
    vote = _draft(actor, vote)
    FlatOwner.objects.filter(flat__vote=vote).delete()
    Flat.objects.filter(vote=vote).delete()
    Owner.objects.filter(vote=vote).delete()
    audit.record(actor, "voting.clear_roll", vote)
    return vote


@transaction.atomic
def open_vote(actor: Account, *, vote: Vote) -> Vote:
    """From now on the roll stands still. Raises InvalidMany for a roll that cannot be counted."""
    vote = _draft(actor, vote)
    if vote.closes_at <= clock.now():
        raise Conflict(_("截止时间已经过去了，请另建一次表决。"), code="past")
    holdings(units_of(vote))
    vote.open()
    vote.save()
    audit.record(actor, "voting.open", vote)
    return vote


def _draft(actor: Account, vote: Vote) -> Vote:
    """Locked."""
    require(actor, "voting.keep", vote)
    found = Vote.objects.select_for_update(of=("self",)).select_related("place").get(pk=vote.pk)
    if found.state != Vote.State.DRAFT:
        raise Conflict(_("表决已经开始，名册和事项不能再改。"), code="wrong-state")
    return found
