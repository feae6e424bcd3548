"""After a vote: locked with its result, published, objections answered, final."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.rates import spend
from gongjian.registry.models import Account
from gongjian.work.projects.printed import result_json
from gongjian.work.projects.voting.models import Flat, Objection, Vote
from gongjian.work.projects.voting.selectors.ballots import unchecked
from gongjian.work.projects.voting.selectors.counting import count_vote

MOST_BY_LINK = 5
"""Objections of one flat; more are said to the staff."""


@transaction.atomic
def lock_vote(actor: Account, *, vote: Vote) -> Vote:
    """No ballot comes any more; the count is kept as it stands, and the time for objections begins."""
    vote = _held(actor, vote, Vote.State.OPEN)
    if clock.now() <= vote.closes_at:
        raise Conflict(_("还没有到截止时间，不能提前锁定。"), code="too-early")
    left = unchecked(vote).count()
    if left:
        raise Conflict(_("还有 %(n)s 张纸质票没有第二个人复核。") % {"n": left}, code="unchecked")
    for motion, result in count_vote(vote):
        motion.counted, motion.passed = result_json(result), result.is_passed
        motion.save()
    vote.lock()
    vote.locked_at, vote.locked_by = clock.now(), actor
    vote.objections_until = _end_of_day(clock.now(), vote.objection_days)
    vote.save()
    audit.record(actor, "voting.lock", vote)
    return vote


def _end_of_day(moment: datetime, days: int) -> datetime:
    """The last instant of the day that lies so many days later."""
    day = timezone.localtime(moment).date() + timedelta(days=days + 1)
    return timezone.make_aware(datetime.combine(day, time.min)) - timedelta(microseconds=1)


@transaction.atomic
def finish_vote(actor: Account, *, vote: Vote) -> Vote:
    """Raises Conflict while objections may still come, are unanswered, or were upheld."""
    vote = _held(actor, vote, Vote.State.LOCKED)
    if vote.takes_objections:
        raise Conflict(_("公示还没有满期。"), code="too-early")
    if vote.objections.filter(upheld__isnull=True).exists():
        raise Conflict(_("还有异议没有答复。"), code="unanswered")
    if vote.objections.filter(upheld=True).exists():
        raise Conflict(_("有异议成立：请作废这次表决，改正以后重新表决。"), code="upheld")
    vote.finish()
    vote.ended_at = clock.now()
    vote.save()
    audit.record(actor, "voting.finish", vote)
    return vote


@transaction.atomic
def cancel_vote(actor: Account, *, vote: Vote, reason: str) -> Vote:
    """Everything stays to be read and counts for nothing."""
    vote = _held(actor, vote, Vote.State.DRAFT, Vote.State.OPEN, Vote.State.LOCKED)
    if len(reason.strip()) < 2:
        raise Invalid(_("请写明原因。"), code="reason", field="reason")
    vote.cancel()
    vote.cancelled_because, vote.ended_at = reason.strip(), clock.now()
    vote.save()
    audit.record(actor, "voting.cancel", vote)
    return vote


@transaction.atomic
def record_objection(actor: Account, *, vote: Vote, text: str, name: str = "") -> Objection:
    """Said to the staff, with or without a name."""
    require(actor, "voting.keep", vote)
    objection = _objection(vote, text, name=name.strip() or None, received_by=actor)
    audit.record(actor, "voting.record_objection", vote)
    return objection


@transaction.atomic
def object_by_link(actor: Any, *, flat: Flat, text: str, name: str = "") -> Objection:
    require(actor, "voting.cast")
    spend(f"voting.object:{flat.pk}", most=MOST_BY_LINK, within=timedelta(days=30))
    objection = _objection(flat.vote, text, flat=flat, name=name.strip() or None)
    audit.record(actor, "voting.object_by_link", flat.vote, flat=flat.number)
    return objection


def _objection(vote: Vote, text: str, **details: Any) -> Objection:
    vote = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    if not vote.takes_objections:
        raise Conflict(_("现在不在公示期里，不能提异议。"), code="no-objections")
    if len(text.strip()) < 2:
        raise Invalid(_("请写明有什么异议。"), code="text", field="text")
    objection: Objection = Objection.objects.create(vote=vote, text=text.strip(), received_at=clock.now(), **details)
    return objection


@transaction.atomic
def answer_objection(actor: Account, *, objection: Objection, upheld: bool, answer: str) -> Objection:
    """Once. Raises Conflict for a second answer."""
    require(actor, "voting.keep", objection.vote)
    objection = Objection.objects.select_for_update(of=("self",)).select_related("vote__place").get(pk=objection.pk)
    if objection.upheld is not None:
        raise Conflict(_("这条异议已经答复了。"), code="answered")
    if len(answer.strip()) < 2:
        raise Invalid(_("请写答复。"), code="answer", field="answer")
    objection.upheld, objection.answer = upheld, answer.strip()
    objection.answered_by, objection.answered_at = actor, clock.now()
    objection.save()
    audit.record(actor, "voting.answer_objection", objection.vote)
    return objection


def _held(actor: Account, vote: Vote, *states: str) -> Vote:
    """Locked; ballots that are being cast are waited for."""
    require(actor, "voting.keep", vote)
    found = Vote.objects.select_for_update(of=("self",)).select_related("place").get(pk=vote.pk)
    if found.state not in states:
        raise Conflict(_("这次表决现在是“%(state)s”，不能这样办。") % {"state": found.get_state_display()}, code="wrong-state")
    return found
