"""Casting: on paper, entered by staff and checked by another, or through the flat's link. Every change is a new version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_evidence
from gongjian.registry.models import Account
from gongjian.work.projects.voting.models import Ballot, Flat, Motion, Owner, Proxy, Vote
from gongjian.work.projects.voting.selectors.ballots import current_ballots


@dataclass(frozen=True)
class Voice:
    """What a flat says: a choice for each motion by its key. `owner` None is the developer.

    `seen` are the versions that whoever fills it in had before them: a ballot that came meanwhile is not overwritten unseen.
    """

    choices: Mapping[int, str]
    owner: Owner | None
    seen: Mapping[int, int]
    proxy: Proxy | None = None


@transaction.atomic
def enter_paper(actor: Account, *, flat: Flat, voice: Voice, cast_at: datetime, scan: Any = None) -> list[Ballot]:
    """Paper from the box may be entered after the closing, if it was signed before. Raises Invalid, Conflict."""
    require(actor, "voting.keep", flat.vote)
    if cast_at > clock.now():
        raise Invalid(_("签票的时间还没有到。"), code="future", field="cast_at")
    evidence = take_in_evidence(actor, file=scan, caption=f"表决票：{flat.number}") if scan else None
    cast = _cast(flat, voice, cast_at, means=Ballot.Means.PAPER, entered_by=actor, scan=evidence)
    audit.record(actor, "voting.enter_paper", flat.vote, flat=flat.number)
    return cast


@transaction.atomic
def cast_online(actor: Any, *, flat: Flat, voice: Voice) -> list[Ballot]:
    """`actor`: whoever opened the secret link, usually nobody known. Raises Invalid, Conflict."""
    require(actor, "voting.cast")
    cast = _cast(flat, voice, clock.now(), means=Ballot.Means.ONLINE)
    audit.record(actor, "voting.cast_online", flat.vote, flat=flat.number)
    return cast


def _cast(flat: Flat, voice: Voice, cast_at: datetime, **how: Evidence | Account | str | None) -> list[Ballot]:
    vote = _open_vote(flat, cast_at)
    motions = list(vote.motions.all())
    _check_voice(flat, voice, motions)
    if voice.proxy is not None:
        _check_proxy(voice, cast_at)
    known = current_ballots(flat)
    stale = [m for m in motions if (known[m.pk].version if m.pk in known else 0) != voice.seen.get(m.pk, 0)]
    if stale:
        raise _already_cast(flat)
    ballots = [
        Ballot(
            flat=flat,
            motion=motion,
            version=voice.seen.get(motion.pk, 0) + 1,
            owner=voice.owner,
            choice=voice.choices[motion.pk],
            cast_at=cast_at,
            proxy=voice.proxy,
            entered_at=clock.now(),
            **how,
        )
        for motion in motions
    ]
    try:
        with transaction.atomic():
            return Ballot.objects.bulk_create(ballots)
    except IntegrityError as error:
        raise _already_cast(flat) from error


def _open_vote(flat: Flat, cast_at: datetime) -> Vote:
    vote = Vote.objects.get(pk=flat.vote_id)
    if vote.state != Vote.State.OPEN:
        raise Conflict(_("表决没有在进行，投不了票。"), code="not-open")
    if cast_at < vote.opens_at:
        raise Invalid(_("表决还没有开始。"), code="early", field="cast_at")
    if cast_at > vote.closes_at:
        raise Invalid(_("表决已经截止，截止以后的票不算。"), code="closed", field="cast_at")
    return vote


def _check_voice(flat: Flat, voice: Voice, motions: Sequence[Motion]) -> None:
    if any(voice.choices.get(motion.pk) not in Ballot.Choice.values for motion in motions):
        raise Invalid(_("每一项都要选：同意、反对或弃权。"), code="choice")
    owns = flat.titles.filter(owner=voice.owner).exists() if voice.owner else flat.developer
    if not owns:
        raise Invalid(_("%(flat)s 的名册里没有这位业主。") % {"flat": flat.number}, code="owner", field="owner")


def _check_proxy(voice: Voice, cast_at: datetime) -> None:
    """Read anew: it may have been revoked since the page was opened."""
    proxy = Proxy.objects.select_for_update().get(pk=voice.proxy.pk)  # type: ignore[union-attr]
    if voice.owner is None or proxy.owner_id != voice.owner.pk:
        raise Invalid(_("这份委托书不是这位业主写的。"), code="proxy", field="proxy")
    if proxy.revoked_at is not None and proxy.revoked_at <= cast_at:
        raise Invalid(_("业主已经撤回委托，受托人不能再投；撤回以前投的仍然算。"), code="proxy-revoked", field="proxy")
    if proxy.given_at > cast_at:
        raise Invalid(_("投票的时候委托还没有给出。"), code="proxy-early", field="proxy")


def _already_cast(flat: Flat) -> Conflict:
    sentence = _("%(flat)s 已经投过票了。请看看投的是什么；要改，就在看到的基础上再投一次，前后都会留下。")
    return Conflict(sentence % {"flat": flat.number}, code="already-cast")


@transaction.atomic
def check_ballots(actor: Account, *, flat: Flat) -> int:
    """The second person holds the paper against what was entered: the current ones of a flat. Raises Conflict for one's own."""
    require(actor, "voting.keep", flat.vote)
    ballots = [one for one in current_ballots(flat).values() if one.means == Ballot.Means.PAPER and one.checked_by_id is None]
    if any(ballot.entered_by_id == actor.pk for ballot in ballots):
        raise Conflict(_("自己录的票要由另一个人复核。"), code="same-person")
    keys = [ballot.pk for ballot in ballots]
    changed = Ballot.objects.filter(pk__in=keys, checked_by__isnull=True).update(checked_by=actor, checked_at=clock.now())
    if changed:
        audit.record(actor, "voting.check_ballots", flat.vote, flat=flat.number)
    return changed
