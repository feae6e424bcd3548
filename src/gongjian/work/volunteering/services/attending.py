"""Checking in and out: by the code, by PIN, or ticked on the organizer's list."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Consent
from gongjian.work.volunteering.counting import counted, whole_minute
from gongjian.work.volunteering.models import LATEST_OUT, Assignment, Attendance, Means, Shift, Stamp, Volunteer
from gongjian.work.volunteering.services import checks
from gongjian.work.volunteering.services.places import sign_up
from gongjian.work.volunteering.services.proving import Proof, check_proof

State = Attendance.State
EARLIEST = timedelta(hours=1)
LATE = timedelta(minutes=15)
"""What reaches us later than this after it happened is flagged."""


@transaction.atomic
def check_in(actor: Any, *, shift: Shift, volunteer: Volunteer, proof: Proof) -> Attendance:
    """The same scan again, or a second one while on duty, gives the first one's answer.

    Who is not signed up joins on the spot while places are left. Raises Invalid or Conflict with what to do.
    """
    known = _by_slip(proof) or _on_duty(shift, volunteer)
    if known is not None:
        return known
    check_proof(proof, shift)
    moment = proof.moment()
    _check_time_to_come(shift, moment)
    assignment = _place_of(actor, shift, volunteer)
    attendance = _here(shift, assignment, moment, proof.means, by=None)
    attendance.late_entry = clock.now() - moment > LATE
    if (earlier := _begin(attendance)) is not attendance:
        return earlier
    _stamp(attendance, Stamp.Direction.IN, proof.means, moment, proof=proof)
    audit.record(actor, "volunteering.check_in", shift, volunteer=volunteer.number)
    return attendance


@transaction.atomic
def check_out(actor: Any, *, shift: Shift, volunteer: Volunteer, proof: Proof) -> Attendance:
    """Raises Conflict without a check-in; the same check-out again gives the first one's answer."""
    known = _by_slip(proof)
    if known is not None:
        return known
    mine = Attendance.objects.select_for_update(of=("self",)).filter(shift=shift, volunteer=volunteer)
    attendance = mine.filter(state=State.HERE).select_related("shift__activity").first()
    if attendance is None:
        done = mine.filter(ended__isnull=False).exclude(state=State.REFUSED).order_by("-ended").first()
        if done is not None:
            return done
        raise Conflict(_("您还没有签到，不能签退。请先签到；要是忘了签到，请组织方补录。"), code="not-in")
    check_proof(proof, shift)
    moment = proof.moment()
    if moment > shift.ends + LATEST_OUT:
        raise Conflict(_("这一班早就结束了，请组织方补上下班时间。"), code="too-late")
    _end(attendance, moment, proof.means)
    attendance.late_entry = attendance.late_entry or clock.now() - moment > LATE
    attendance.save()
    _stamp(attendance, Stamp.Direction.OUT, proof.means, moment, proof=proof)
    audit.record(actor, "volunteering.check_out", shift, volunteer=volunteer.number, minutes=attendance.minutes)
    return attendance


@transaction.atomic
def tick_in(actor: Account, *, shift: Shift, volunteers: Sequence[Volunteer], at: datetime | None = None) -> list[Attendance]:
    """The organizer's list: these are here, since `at` or now. Those already ticked stay as they are."""
    require(actor, "volunteering.check_in", shift.activity)
    moment = min(at or clock.now(), clock.now())
    _check_time_to_come(shift, moment)
    there = set(shift.attendances.filter(state=State.HERE).values_list("volunteer", flat=True))
    new = [one for one in volunteers if one.pk not in there]
    places = _places_of(actor, shift, new)
    rows = [_here(shift, places[one.pk], moment, Means.LIST, by=actor) for one in new]
    _flag(rows, shift)
    _begin_all(rows)
    _stamp_all(rows, Stamp.Direction.IN, moment, actor)
    audit.record(actor, "volunteering.tick_in", shift, people=len(rows))
    return rows


@transaction.atomic
def tick_out(actor: Account, *, shift: Shift, volunteers: Sequence[Volunteer], at: datetime | None = None) -> list[Attendance]:
    """The organizer's list: these left, at `at` or now. Who is not on duty is left out."""
    require(actor, "volunteering.check_in", shift.activity)
    moment = min(at or clock.now(), clock.now())
    here = shift.attendances.filter(state=State.HERE, volunteer__in=volunteers).select_for_update(of=("self",))
    rows = list(here.select_related("shift__activity"))
    for row in rows:
        if moment < row.began and moment < shift.begins:
            raise Invalid(_("签退不能早于签到。"), code="order", field="at")
        _end(row, moment, Means.LIST)
    _flag(rows, shift)
    Attendance.objects.bulk_update(rows, ["ended", "minutes", "state", "left_by", "late_entry", "bulk_entry"])
    _stamp_all(rows, Stamp.Direction.OUT, moment, actor)
    audit.record(actor, "volunteering.tick_out", shift, people=len(rows))
    return rows


@transaction.atomic
def close_forgotten() -> int:
    """Whoever never checked out served until the shift ended, as far as anybody knows: flagged for the organizer."""
    forgotten = Attendance.objects.filter(state=State.HERE, shift_ends__lt=clock.now() - LATEST_OUT)
    rows = list(forgotten.select_related("shift__activity").select_for_update(of=("self",), skip_locked=True)[:500])
    for row in rows:
        _end(row, row.shift_ends, Means.AUTOMATIC)
        row.no_check_out = True
        row.save()
    return len(rows)


def _check_time_to_come(shift: Shift, moment: datetime) -> None:
    checks.check_activity_open(shift.activity)
    if shift.cancelled_at:
        raise Conflict(_("这一班已经取消了。"), code="cancelled")
    if moment < shift.begins - EARLIEST:
        raise Conflict(_("还早：这一班%(when)s，开始前 1 小时内才能签到。") % {"when": checks.spoken(shift)}, code="too-early")
    if moment >= shift.ends:
        raise Conflict(_("这一班已经结束。要是您在岗，请组织方补录。"), code="over")


def _place_of(actor: Any, shift: Shift, volunteer: Volunteer) -> Assignment:
    assignment = sign_up(actor, shift=shift, volunteer=volunteer, origin=Assignment.Origin.WALK_IN)
    if assignment.state != Assignment.State.BOOKED:
        raise Conflict(_("您没有排在这一班，名额也满了。请找现场的组织方。"), code="not-booked")
    return assignment


def _places_of(actor: Account, shift: Shift, volunteers: Sequence[Volunteer]) -> dict[int, Assignment]:
    booked = shift.assignments.filter(state=Assignment.State.BOOKED, volunteer__in=volunteers).select_related("volunteer")
    places = {assignment.volunteer_id: assignment for assignment in booked}
    for one in volunteers:
        if one.pk not in places:
            places[one.pk] = _place_of(actor, shift, one)
    return places


def _here(shift: Shift, place: Assignment, moment: datetime, means: str, *, by: Account | None) -> Attendance:
    return Attendance(
        office_id=shift.office_id,
        shift=shift,
        volunteer=place.volunteer,
        organization_id=place.organization_id,
        team_id=place.team_id or shift.activity.team_id,
        state=State.HERE,
        began=max(whole_minute(moment), shift.begins),
        shift_ends=shift.ends,
        came_by=means,
        entered_by=by,
        entered_at=clock.now(),
    )


def _begin(attendance: Attendance) -> Attendance:
    """The one that is there if the same check-in came at the same moment."""
    try:
        _begin_all([attendance])
    except Conflict:
        if (earlier := _on_duty(attendance.shift, attendance.volunteer)) is None:
            raise
        return earlier
    return attendance


def _on_duty(shift: Shift, volunteer: Volunteer) -> Attendance | None:
    return Attendance.objects.filter(shift=shift, volunteer=volunteer, state=State.HERE).first()


def _begin_all(rows: list[Attendance]) -> None:
    try:
        with transaction.atomic():
            Attendance.objects.bulk_create(rows)
    except IntegrityError as error:
        raise _refusal(error, rows) from error


def _refusal(error: IntegrityError, rows: list[Attendance]) -> Conflict:
    if "attendance_here_once" in str(error):
        return Conflict(_("已经签到了。"), code="already-in")
    names = "、".join(str(row.volunteer.person) for row in rows[:3])
    return Conflict(
        _("%(who)s 这段时间正在另一处服务，一个人不能同时在两处。请先在那边签退。") % {"who": names}, code="elsewhere"
    )


def _end(attendance: Attendance, moment: datetime, means: str) -> None:
    shift = attendance.shift
    moment = max(moment, attendance.began)
    result = counted(attendance.began, moment, begins=shift.begins, ends=shift.ends, unit=shift.activity.unit_of_time)
    attendance.ended, attendance.minutes = result.ended, result.minutes
    attendance.state, attendance.left_by = State.LEFT, means


def _flag(rows: Sequence[Attendance], shift: Shift) -> None:
    """Ticked together after the shift was over."""
    after = clock.now() > shift.ends + LATE
    for row in rows:
        row.late_entry = row.late_entry or after
        row.bulk_entry = row.bulk_entry or (after and len(rows) > 1)


def _by_slip(proof: Proof) -> Attendance | None:
    found = Stamp.objects.filter(slip=proof.slip).select_related("attendance").first() if proof.slip else None
    return found.attendance if found else None


def _stamp(attendance: Attendance, direction: str, means: str, moment: datetime, *, proof: Proof) -> None:
    where: dict[str, Any] = {}
    if proof.latitude is not None and _may_locate(attendance.volunteer):
        where = {"latitude": proof.latitude, "longitude": proof.longitude}
    Stamp.objects.create(
        attendance=attendance,
        direction=direction,
        means=means,
        happened_at=moment,
        received_at=clock.now(),
        slip=proof.slip,
        **where,
    )


def _may_locate(volunteer: Volunteer) -> bool:
    consents = Consent.objects.filter(person=volunteer.person_id, purpose=Consent.Purpose.LOCATION)
    return consents.filter(withdrawn_at=None).exists()


def _stamp_all(rows: Sequence[Attendance], direction: str, moment: datetime, by: Account) -> None:
    now = clock.now()
    Stamp.objects.bulk_create(
        Stamp(attendance=row, direction=direction, means=Means.LIST, happened_at=moment, received_at=now, by=by) for row in rows
    )
