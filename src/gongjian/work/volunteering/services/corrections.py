"""Corrections by request, as in bookkeeping: what stood there is kept, a deed that told it is reversed."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.notifications.outbox import notify
from gongjian.kernel.permissions import may, require
from gongjian.ledger.models import Deed
from gongjian.ledger.services.correcting import append_reversal
from gongjian.registry.models import Account
from gongjian.work.volunteering.counting import counted
from gongjian.work.volunteering.models import Attendance, Correction, Means

State = Attendance.State


@transaction.atomic
def ask_correction(
    actor: Account, *, attendance: Attendance, began: datetime, ended: datetime, reason: str, strikes: bool = False
) -> Correction:
    """By the person whose hours they are, or an organizer for them. `strikes`: the hours count no more.

    Raises Conflict while an earlier request is open.
    """
    if attendance.volunteer.person_id != actor.person_id and not may(actor, "volunteering.check_in", attendance.shift.activity):
        raise NotAllowed(_("只有本人或组织方可以申请更正。"))
    shift = attendance.shift
    if ended <= began or began < shift.begins or ended > shift.ends:
        raise Invalid(
            _("服务时间要在这一班之内（%(shift)s），结束要晚于开始。") % {"shift": shift}, code="outside", field="began"
        )
    if attendance.ended is None:
        raise Conflict(_("还没有签退，签退以后才能更正。"), code="here")
    if len(reason.strip()) < 4:
        raise Invalid(_("请写明哪里不对、怎么知道的。"), code="reason", field="reason")
    asked = Correction(office_id=attendance.office_id, attendance=attendance, began=began, ended=ended, reason=reason.strip())
    asked.strikes = strikes
    asked.began_before, asked.ended_before, asked.minutes_before = attendance.began, attendance.ended, attendance.minutes
    asked.asked_by, asked.asked_at = actor, clock.now()
    try:
        with transaction.atomic():
            asked.save()
    except IntegrityError as error:
        raise Conflict(_("这条已经有一个更正申请在处理了。"), code="asked") from error
    audit.record(actor, "volunteering.ask_correction", attendance, reason=asked.reason)
    return asked


@transaction.atomic
def grant_correction(actor: Account, *, correction: Correction, answer: str) -> Correction:
    """By a second person. A deed of these hours is reversed; what was in it waits to be credited anew."""
    correction = _decide(actor, correction, answer)
    attendance = correction.attendance
    correction.reversal = _take_back(actor, attendance, correction)
    if correction.strikes:
        attendance.state = State.REFUSED
    else:
        _rewrite(attendance, correction)
        attendance.confirmed_by, attendance.confirmed_at = actor, clock.now()
    attendance.note = correction.reason[:200]
    try:
        with transaction.atomic():
            attendance.save()
    except IntegrityError as error:
        raise Conflict(_("改后和这个人另一处的服务重叠，一个人不能同时在两处。"), code="elsewhere") from error
    correction.grant()
    return _decided(actor, correction, "grant")


def _rewrite(attendance: Attendance, correction: Correction) -> None:
    shift = attendance.shift
    unit = shift.activity.unit_of_time
    result = counted(correction.began, correction.ended, begins=shift.begins, ends=shift.ends, unit=unit)
    attendance.began, attendance.ended, attendance.minutes = result.began, result.ended, result.minutes
    attendance.state, attendance.came_by, attendance.left_by = State.CONFIRMED, Means.MANUAL, Means.MANUAL
    attendance.entered_by, attendance.entered_at = correction.asked_by, correction.asked_at


@transaction.atomic
def refuse_correction(actor: Account, *, correction: Correction, answer: str) -> Correction:
    correction = _decide(actor, correction, answer)
    correction.refuse()
    return _decided(actor, correction, "refuse")


def _decide(actor: Account, correction: Correction, answer: str) -> Correction:
    rows = Correction.objects.select_related("attendance__shift__activity__place", "attendance__volunteer__person", "asked_by")
    correction = rows.select_for_update(of=("self",)).get(pk=correction.pk)
    require(actor, "volunteering.organize", correction.attendance.shift.activity)
    if correction.state != Correction.State.ASKED:
        raise Conflict(_("这个申请已经处理过了。"), code="decided")
    person = correction.attendance.volunteer.person_id
    if actor.pk == correction.asked_by_id or (actor.person_id and actor.person_id == person):
        raise NotAllowed(_("更正要由另一个人决定，不能自己申请自己同意。"))
    if len(answer.strip()) < 2:
        raise Invalid(_("请写答复，申请人会看到。"), code="answer", field="answer")
    correction.answer, correction.decided_by, correction.decided_at = answer.strip(), actor, clock.now()
    return correction


def _take_back(actor: Account, attendance: Attendance, correction: Correction) -> Deed | None:
    """The deed holds other services of the person too; all of them wait to be credited again, so no hour is lost."""
    deed = attendance.deed
    if deed is None:
        return None
    reversal = append_reversal(actor, deed=deed, reason=f"更正服务时长：{correction.reason}")
    Attendance.objects.filter(deed=deed).update(deed=None)
    attendance.deed = None
    return reversal


def _decided(actor: Account, correction: Correction, verb: str) -> Correction:
    correction.save()
    audit.record(actor, f"volunteering.{verb}_correction", correction.attendance, answer=correction.answer)
    accounts = list(Account.objects.filter(person=correction.attendance.volunteer.person_id, is_active=True))
    url = reverse("volunteering:my_record")
    notify(accounts, "volunteering.corrected", {"answer": correction.answer}, url=url, key=f"corrected:{correction.pk}")
    return correction
