"""The recruitment call: drafting, opening, answering, deciding, closing."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization
from gongjian.work.volunteering.models import Activity, Assignment, Call, Enrollment, Volunteer
from gongjian.work.volunteering.services import checks
from gongjian.work.volunteering.services.telling import tell_called

State = Enrollment.State


@transaction.atomic
def draft_call(actor: Account, *, activity: Activity, title: str, text: str, closes_at: datetime, **details: Any) -> Call:
    """`details`: audience, organization, mode, places."""
    require(actor, "volunteering.organize", activity)
    call = Call(office=activity.office, activity=activity, created_by=actor)
    _describe(call, title=title, text=text, closes_at=closes_at, **details)
    call.save()
    audit.record(actor, "volunteering.draft_call", call)
    return call


@transaction.atomic
def edit_call(actor: Account, *, call: Call, **changes: Any) -> Call:
    require(actor, "volunteering.organize", call.activity)
    call = Call.objects.select_for_update(of=("self",)).select_related("activity").get(pk=call.pk)
    _describe(call, **changes)
    try:
        with transaction.atomic():
            call.save()
    except IntegrityError as error:
        raise Conflict(_("已经录用的人比新的名额多。"), code="overfilled", field="places") from error
    audit.record(actor, "volunteering.edit_call", call)
    return call


@transaction.atomic
def open_call(actor: Account, *, call: Call) -> Call:
    """The page may be shared. Raises Conflict while the activity is not open, or past the deadline."""
    require(actor, "volunteering.organize", call.activity)
    checks.check_activity_open(call.activity)
    if call.closes_at <= clock.now():
        raise Conflict(_("报名截止时间已过，请先改截止时间。"), code="closed")
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state == Call.State.OPEN:
        raise Conflict(_("已经在招募了。"), code="state")
    call.open()
    call.opened_at = call.opened_at or clock.now()
    call.save(update_fields=["state", "opened_at"])
    tell_called(call)
    audit.record(actor, "volunteering.open_call", call)
    return call


@transaction.atomic
def close_call(actor: Account, *, call: Call) -> Call:
    require(actor, "volunteering.organize", call.activity)
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    if call.state != Call.State.OPEN:
        raise Conflict(_("这份招募令没有在招募。"), code="state")
    call.close()
    call.save(update_fields=["state"])
    audit.record(actor, "volunteering.close_call", call)
    return call


@transaction.atomic
def answer_call(
    actor: Any,
    *,
    call: Call,
    volunteer: Volunteer,
    organization: Organization | None = None,
    team: Organization | None = None,
) -> Enrollment:
    """Answering twice gives the first answer. Beyond the places wanted one waits. Raises Conflict after the deadline."""
    known = Enrollment.objects.filter(call=call, volunteer=volunteer, state__in=Enrollment.LIVE).first()
    if known is not None:
        return known
    checks.check_call_open(call)
    checks.check_activity_open(call.activity)
    checks.check_volunteer_fits(volunteer, call.activity)
    unit = organization or volunteer.person.organization
    if call.audience == Call.Audience.ORGANIZATION and (unit is None or unit.pk != call.organization_id):
        raise Invalid(_("这份招募令只面向%(unit)s的人。") % {"unit": call.organization}, code="audience", field="organization")
    enrollment = Enrollment(call=call, volunteer=volunteer, organization=unit, team=team, at=clock.now())
    enrollment.by = actor if getattr(actor, "pk", None) else None
    enrollment.state = State.ASKED if call.activity.needs_approval else State.ACCEPTED
    if not _saved(enrollment):
        enrollment.state = State.WAITING
        if not _saved(enrollment):
            return Enrollment.objects.get(call=call, volunteer=volunteer, state__in=Enrollment.LIVE)
    audit.record(actor, "volunteering.answer_call", call, volunteer=volunteer.number, state=enrollment.state)
    return enrollment


@transaction.atomic
def decide_answer(actor: Account, *, enrollment: Enrollment, accepted: bool, answer: str = "") -> Enrollment:
    """The organizer's yes or no. Raises Conflict beyond the places wanted."""
    require(actor, "volunteering.organize", enrollment.call.activity)
    enrollment = _lock(enrollment)
    if enrollment.state not in (State.ASKED, State.WAITING):
        raise Conflict(_("这条报名已经处理过了。"), code="decided")
    enrollment.state, enrollment.answer = State.ACCEPTED if accepted else State.DECLINED, answer.strip()
    if not _saved(enrollment):
        raise Conflict(_("名额已满；可以先增加招募人数，再录用。"), code="full")
    audit.record(actor, "volunteering.decide_answer", enrollment.call, volunteer=enrollment.volunteer.number, accepted=accepted)
    return enrollment


@transaction.atomic
def withdraw_answer(actor: Any, *, enrollment: Enrollment) -> Enrollment:
    """With it go the places in shifts that lie ahead; the first in the queue moves up."""
    from gongjian.work.volunteering.services.places import withdraw

    enrollment = _lock(enrollment)
    if enrollment.state not in Enrollment.LIVE:
        raise Conflict(_("已经退出了，不用再退。"), code="withdrawn")
    held, enrollment.state = enrollment.state == State.ACCEPTED, State.WITHDRAWN
    enrollment.save(update_fields=["state"])
    ahead = Assignment.objects.filter(volunteer=enrollment.volunteer, shift__activity=enrollment.call.activity)
    for assignment in ahead.filter(state__in=Assignment.LIVE, begins__gt=clock.now()).order_by("shift"):
        withdraw(actor, assignment=assignment)
    audit.record(actor, "volunteering.withdraw_answer", enrollment.call, volunteer=enrollment.volunteer.number)
    if held:
        _move_up(enrollment.call)
    return enrollment


def _move_up(call: Call) -> None:
    first = call.enrollments.filter(state=State.WAITING).order_by("at", "pk").first()
    if first is not None:
        first.state = State.ACCEPTED
        _saved(first)


def _saved(enrollment: Enrollment) -> bool:
    """False beyond the call's places, or if the same answer came at the same moment."""
    try:
        with transaction.atomic():
            enrollment.save()
    except IntegrityError:
        enrollment._state.adding = enrollment.pk is None
        return False
    return True


def _lock(enrollment: Enrollment) -> Enrollment:
    rows = Enrollment.objects.select_related("call__activity", "volunteer__person").select_for_update(of=("self",))
    return rows.get(pk=enrollment.pk)


def _describe(call: Call, **details: Any) -> None:
    for name, value in details.items():
        setattr(call, name, value.strip() if isinstance(value, str) else value)
    if not call.title or not call.text:
        missing = "text" if call.title else "title"
        raise Invalid(_("标题和正文都要写。"), code="words-missing", field=missing)
    if call.audience == Call.Audience.PUBLIC:
        call.organization = None
    elif call.organization is None:
        raise Invalid(_("请选面向哪个单位。"), code="organization-missing", field="organization")
