"""Who says that the hours are true: entering them afterwards, correcting an end, confirming, refusing."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.volunteering.counting import counted
from gongjian.work.volunteering.models import Assignment, Attendance, Means, Shift, Volunteer

State = Attendance.State
LONG_AFTER = timedelta(days=3)
"""Entered later than this after the shift is shown as entered late."""


@transaction.atomic
def enter_hours(actor: Account, *, shift: Shift, volunteer: Volunteer, came: datetime, left: datetime, note: str) -> Attendance:
    """What nobody scanned, typed in afterwards: counts once a second person has confirmed it.

    Raises Invalid for times outside the shift, Conflict where the person served elsewhere then.
    """
    require(actor, "volunteering.check_in", shift.activity)
    if left <= came:
        raise Invalid(_("结束要晚于开始。"), code="order", field="left")
    if came < shift.begins or left > shift.ends:
        raise Invalid(_("服务时间要在这一班之内，路上的时间不算。"), code="outside", field="came")
    if left > clock.now():
        raise Invalid(_("还没到这个时间，不能先记。"), code="future", field="left")
    if not note.strip():
        raise Invalid(_("请写明为什么补录、怎么知道他在岗。"), code="note", field="note")
    result = counted(came, left, begins=shift.begins, ends=shift.ends, unit=shift.activity.unit_of_time)
    place = Assignment.objects.filter(shift=shift, volunteer=volunteer).order_by("-at").first()
    attendance = Attendance(
        office_id=shift.office_id,
        shift=shift,
        volunteer=volunteer,
        organization_id=place.organization_id if place else volunteer.person.organization_id,
        team_id=(place.team_id if place else None) or shift.activity.team_id,
        state=State.LEFT,
        began=result.began,
        ended=result.ended,
        shift_ends=shift.ends,
        minutes=result.minutes,
        came_by=Means.MANUAL,
        left_by=Means.MANUAL,
        late_entry=clock.now() > shift.ends + LONG_AFTER,
        note=note.strip(),
        entered_by=actor,
        entered_at=clock.now(),
    )
    _save(attendance)
    audit.record(actor, "volunteering.enter_hours", shift, volunteer=volunteer.number, minutes=attendance.minutes)
    return attendance


@transaction.atomic
def correct_times(actor: Account, *, attendance: Attendance, came: datetime, left: datetime, note: str) -> Attendance:
    """Before it is confirmed. Whoever corrects cannot confirm: it is now an entry by hand. The stamps stay as they were."""
    require(actor, "volunteering.check_in", attendance.shift.activity)
    attendance = _lock(attendance)
    shift = attendance.shift
    if attendance.state not in (State.HERE, State.LEFT):
        raise Conflict(_("已经确认或者不予认定的，不能在这里改。"), code="state")
    if left <= came or came < shift.begins or left > shift.ends or left > clock.now():
        raise Invalid(_("服务时间要在这一班之内，结束要晚于开始、不能在将来。"), code="outside", field="left")
    if not note.strip():
        raise Invalid(_("请写明为什么改。"), code="note", field="note")
    result = counted(came, left, begins=shift.begins, ends=shift.ends, unit=shift.activity.unit_of_time)
    attendance.began, attendance.ended, attendance.minutes = result.began, result.ended, result.minutes
    attendance.state, attendance.left_by, attendance.note = State.LEFT, Means.MANUAL, note.strip()
    attendance.entered_by, attendance.entered_at = actor, clock.now()
    _save(attendance)
    audit.record(actor, "volunteering.correct_times", shift, volunteer=attendance.volunteer.number, minutes=attendance.minutes)
    return attendance


@transaction.atomic
def confirm_hours(actor: Account, *, attendances: Sequence[Attendance], quality: str = "") -> list[Attendance]:
    """All or none. Raises NotAllowed for one's own hours and what one typed in oneself, Conflict for what is not waiting."""
    rows = _lock_all(attendances)
    for row in rows:
        require(actor, "volunteering.confirm_hours", row)
        if row.state != State.LEFT:
            raise Conflict(_("%(who)s的这条不在待确认之列，请刷新后再看。") % {"who": row.volunteer.person}, code="state")
        row.state, row.quality = State.CONFIRMED, quality
        row.confirmed_by, row.confirmed_at = actor, clock.now()
    Attendance.objects.bulk_update(rows, ["state", "quality", "confirmed_by", "confirmed_at"])
    _record(actor, "volunteering.confirm_hours", rows)
    return rows


@transaction.atomic
def refuse_hours(actor: Account, *, attendance: Attendance, reason: str) -> Attendance:
    """It is kept, and counts for nothing."""
    attendance = _lock(attendance)
    require(actor, "volunteering.organize", attendance.shift.activity)
    if attendance.state not in (State.HERE, State.LEFT):
        raise Conflict(_("已经确认或者不予认定的，不能在这里改。"), code="state")
    if not reason.strip():
        raise Invalid(_("请写明为什么不予认定。"), code="reason", field="reason")
    attendance.state, attendance.note = State.REFUSED, reason.strip()
    attendance.save(update_fields=["state", "note"])
    audit.record(actor, "volunteering.refuse_hours", attendance.shift, volunteer=attendance.volunteer.number)
    return attendance


def _record(actor: Account, action: str, rows: Sequence[Attendance]) -> None:
    for shift in {row.shift_id: row.shift for row in rows}.values():
        audit.record(actor, action, shift, people=sum(row.shift_id == shift.pk for row in rows))


def _save(attendance: Attendance) -> None:
    try:
        with transaction.atomic():
            attendance.save()
    except IntegrityError as error:
        raise Conflict(_("这个人这段时间在另一处服务，一个人不能同时在两处。"), code="elsewhere", field="came") from error


def _lock(attendance: Attendance) -> Attendance:
    return _lock_all([attendance])[0]


def _lock_all(attendances: Sequence[Attendance]) -> list[Attendance]:
    related = ("shift__activity__place", "shift__activity__organization", "volunteer__person")
    rows = Attendance.objects.select_related(*related).select_for_update(of=("self",)).order_by("pk")
    return list(rows.filter(pk__in=[one.pk for one in attendances]))
