"""Hanging results out, and what comes in while they hang."""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.notice_days import NoticeClock, read_clock, stop_between
from gongjian.kernel.permissions import require
from gongjian.kernel.workdays import WorkCalendar
from gongjian.registry.models import Account
from gongjian.work.ratings.models import Candidate, Notice, Objection, Result, Round
from gongjian.work.ratings.services.rounds import hold
from gongjian.work.ratings.services.words import said

MOST_PER_HOUR = 60


@transaction.atomic
def give_notice(actor: Account, *, rated: Round) -> Notice:
    """From today. Raises Conflict while a result waits for review or somebody disagrees."""
    require(actor, "ratings.manage")
    rated = hold(rated, Round.State.REVIEW)
    newest = Result.objects.filter(candidate__round=rated, run=rated.run, candidate__left_at__isnull=True)
    waiting, doubted = newest.filter(review__isnull=True).count(), newest.filter(review__agreed=False).count()
    if waiting:
        raise Conflict(_("还有 %(n)d 个结果没有复核。") % {"n": waiting}, code="unreviewed")
    if doubted:
        raise Conflict(_("有 %(n)d 个结果复核不同意，先退回重查。") % {"n": doubted}, code="doubted")
    rated.give_notice()
    rated.save()
    notice: Notice = Notice.objects.create(
        round=rated,
        run=rated.run,
        workdays=rated.notice_workdays,
        published_on=clock.today(),
        published_at=clock.now(),
        published_by=actor,
    )
    audit.record(actor, "ratings.give_notice", rated)
    return notice


def take_down(rated: Round) -> None:
    """The notice of a round that goes no further as it is."""
    Notice.objects.filter(round=rated, ended_at__isnull=True).update(ended_at=clock.now(), taken_down=True)


def clock_of(notice: Notice, calendar: WorkCalendar | None = None) -> NoticeClock:
    stops = [stop_between(one.received_at, one.answered_at) for one in notice.objections.all() if one.well_founded]
    return read_clock(
        published_on=notice.published_on,
        workdays=notice.workdays,
        ended_at=notice.ended_at,
        stops=stops,
        calendar=calendar,
    )


def check_over(notice: Notice) -> None:
    """Raises Conflict with the reason why the notice cannot end now."""
    waiting = notice.objections.exclude(state=Objection.State.ANSWERED).count()
    if waiting:
        raise Conflict(_("还有 %(n)d 条异议没有答复，不能结束公示。") % {"n": waiting}, code="objections-open")
    now = clock_of(notice)
    if not now.is_over:
        raise Conflict(
            _("公示须满 %(required)d 个工作日，现在满了 %(elapsed)d 个，还差 %(left)d 个。")
            % {"required": now.required, "elapsed": now.elapsed, "left": now.left},
            code="notice-too-short",
        )


@transaction.atomic
def raise_objection(
    actor: Any, *, notice: Notice, text: str, candidate: Candidate | None = None, name: str = "", contact: str = ""
) -> Objection:
    """Anyone may, with or without a name. Raises Conflict after the notice."""
    require(actor, "ratings.object")
    hold(notice.round, Round.State.NOTICE)
    notice = Notice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if notice.ended_at:
        raise Conflict(_("公示已经结束，可以通过“投诉建议”反映。"), code="notice-ended")
    if candidate and candidate.round_id != notice.round_id:
        raise Invalid(_("请选公示名单里的对象。"), code="candidate", field="candidate")
    if notice.objections.filter(received_at__gt=clock.now() - timedelta(hours=1)).count() >= MOST_PER_HOUR:
        raise Conflict(_("这一小时收到的太多了，请稍后再提，或直接打电话给街道。"), code="too-many")
    objection: Objection = Objection.objects.create(
        notice=notice,
        candidate=candidate,
        text=said(text, _("请写几个字，说说有什么异议。"), field="text", least=4, most=2000),
        name=name.strip(),
        contact=contact.strip(),
        token=secrets.token_urlsafe(32),
        received_at=clock.now(),
    )
    audit.record(actor, "ratings.raise_objection", objection)
    return objection


@transaction.atomic
def find_objection(actor: Account, *, objection: Objection, well_founded: bool, finding: str) -> Objection:
    """A well-founded one stops the notice's clock from the day it came in until it is answered."""
    require(actor, "ratings.manage")
    objection = _held(objection, Objection.State.RECEIVED)
    objection.find()
    objection.well_founded, objection.found_at, objection.found_by = well_founded, clock.now(), actor
    objection.finding = said(finding, _("请写调查结果。"), field="finding", least=4, most=2000)
    return _kept(actor, objection, "ratings.find_objection")


@transaction.atomic
def answer_objection(actor: Account, *, objection: Objection, answer: str) -> Objection:
    require(actor, "ratings.manage")
    objection = _held(objection, Objection.State.FOUND)
    objection.close()
    objection.answer = said(answer, _("请写明答复。"), field="answer", least=4, most=2000)
    objection.answered_at = clock.now()
    return _kept(actor, objection, "ratings.answer_objection")


def _held(objection: Objection, state: str) -> Objection:
    held: Objection = Objection.objects.select_for_update(of=("self",)).get(pk=objection.pk)
    if held.state != state:
        raise Conflict(_("这条异议现在是“%(state)s”。") % {"state": held.get_state_display()}, code="wrong-step")
    return held


def _kept(actor: Account, objection: Objection, action: str) -> Objection:
    objection.save()
    audit.record(actor, action, objection)
    return objection
