"""A retrofit from its beginning to the day it runs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid, Missing
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Evidence
from gongjian.ledger.services import take_in_files
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.projects.elevators.deeds import record_step
from gongjian.work.projects.elevators.models import Retrofit, StepDone
from gongjian.work.projects.elevators.template import CONSENT, REGISTERED, RUNNING, steps
from gongjian.work.projects.models import Project

State = Retrofit.State


@transaction.atomic
def open_retrofit(actor: Account, *, project: Project, organization: Organization, title: str, place: Place) -> Retrofit:
    """Raises Conflict for a title that the project has already."""
    retrofit = Retrofit(office=actor.office, project=project, place=place, organization=organization, title=title.strip())
    require(actor, "elevators.keep", retrofit)
    if not project.is_open:
        raise Conflict(_("项目已经结束，不能再登记电梯。"), code="project-over")
    if not f"{place.path}/".startswith(f"{project.place.path}/"):
        raise Invalid(_("要在项目所在的地方里选。"), code="place", field="place")
    retrofit.created_by, retrofit.created_at = actor, clock.now()
    try:
        with transaction.atomic():
            retrofit.save()
    except IntegrityError as error:
        raise Conflict(_("这个项目里已经有这台电梯了。"), code="known", field="title") from error
    audit.record(actor, "elevators.open", retrofit)
    return retrofit


@transaction.atomic
def do_step(
    actor: Account, *, retrofit: Retrofit, code: str, done_on: date, note: str = "", files: Sequence[Any] = ()
) -> StepDone:
    """With its papers and photos taken in. See `do_step_with`."""
    require(actor, "elevators.keep", retrofit)
    evidence = take_in_files(actor, files=files)
    return do_step_with(actor, retrofit=retrofit, code=code, done_on=done_on, note=note, evidence=evidence)


@transaction.atomic
def do_step_with(
    actor: Account, *, retrofit: Retrofit, code: str, done_on: date, note: str = "", evidence: Sequence[Evidence] = ()
) -> StepDone:
    """Once each. Running needs the agreement on costs and the registration; pre-review and running leave a deed."""
    retrofit = held(actor, retrofit, State.PLANNED, State.AGREED)
    if code not in {step.code for step in steps()}:
        raise Missing(_("没有这一步。"))
    if done_on > clock.today():
        raise Invalid(_("这一天还没有到。"), code="future", field="done_on")
    _check_step(retrofit, code)
    step = StepDone(retrofit=retrofit, code=code, done_on=done_on, note=note.strip(), evidence=next(iter(evidence), None))
    step.recorded_by, step.recorded_at = actor, clock.now()
    try:
        with transaction.atomic():
            step.save()
    except IntegrityError as error:
        raise Conflict(_("这一步已经登记过了。"), code="done") from error
    if code == RUNNING:
        retrofit.run()
        retrofit.save()
    record_step(actor, step, evidence)
    audit.record(actor, "elevators.do_step", retrofit, step=code)
    return step


def _check_step(retrofit: Retrofit, code: str) -> None:
    done = set(retrofit.steps.values_list("code", flat=True))
    if code == CONSENT and not (retrofit.vote and passed(retrofit)):
        raise Conflict(_("表决还没有通过：先办业主表决，锁定结果。"), code="no-vote")
    if code != RUNNING:
        return
    if retrofit.state != State.AGREED:
        raise Conflict(_("费用还没有约定，不能登记投用。"), code="not-agreed")
    if REGISTERED not in done:
        raise Conflict(_("还没有办使用登记，不能登记投用。"), code="not-registered")


def passed(retrofit: Retrofit) -> bool:
    """Its vote has a result, and every motion of it was passed."""
    vote = retrofit.vote
    return vote is not None and vote.has_result and not vote.motions.exclude(passed=True).exists()


@transaction.atomic
def stop_retrofit(actor: Account, *, retrofit: Retrofit, reason: str) -> Retrofit:
    retrofit = held(actor, retrofit, State.PLANNED, State.AGREED)
    if len(reason.strip()) < 2:
        raise Invalid(_("请写明原因。"), code="reason", field="reason")
    retrofit.stop()
    retrofit.stopped_because = reason.strip()
    retrofit.save()
    audit.record(actor, "elevators.stop", retrofit)
    return retrofit


def held(actor: Account, retrofit: Retrofit, *states: str) -> Retrofit:
    """Locked. Raises Conflict in another state."""
    require(actor, "elevators.keep", retrofit)
    related = ("place", "project__place", "organization", "vote", "table")
    found = Retrofit.objects.select_for_update(of=("self",)).select_related(*related).get(pk=retrofit.pk)
    if found.state not in states:
        sentence = _("这台电梯现在是“%(state)s”，不能这样办。") % {"state": found.get_state_display()}
        raise Conflict(sentence, code="wrong-state")
    return found
