"""Laying out shifts: one, or two months of three a day at five gates in one go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Activity, Assignment, Post, Shift, ShiftNeed, Skill
from gongjian.work.volunteering.services.telling import tell_cancelled

MOST_AT_ONCE = 3000


@dataclass(frozen=True)
class Pattern:
    """Which days (`weekdays` 1 to 7, empty: all), at which times (to at or before from: over midnight), at which posts."""

    first: date
    last: date
    times: Sequence[tuple[time, time]]
    weekdays: frozenset[int] = frozenset()
    posts: Sequence[str] = ()
    least: int = 1
    most: int = 1
    needs: Sequence[tuple[Skill, int]] = field(default=())

    def days(self) -> Iterator[date]:
        for number in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=number)
            if not self.weekdays or day.isoweekday() in self.weekdays:
                yield day

    def spans(self) -> Iterator[tuple[datetime, datetime]]:
        for day in self.days():
            for begins, ends in self.times:
                last = day + timedelta(days=1) if ends <= begins else day
                yield _moment(day, begins), _moment(last, ends)


@transaction.atomic
def lay_out_shifts(actor: Account, *, activity: Activity, pattern: Pattern) -> list[Shift]:
    """Shifts that are there already stay as they are. Raises Invalid for what cannot be, Conflict when nothing is new."""
    require(actor, "volunteering.organize", activity)
    _check(pattern)
    _check_going_on(activity)
    posts = _posts(activity, pattern.posts)
    wanted = [
        Shift(
            office=activity.office,
            activity=activity,
            post=post,
            begins=begins,
            ends=ends,
            least=pattern.least,
            most=pattern.most,
        )
        for begins, ends in pattern.spans()
        for post in posts
    ]
    if len(wanted) > MOST_AT_ONCE:
        sentence = _("一次最多排 %(most)d 班，这样会排出 %(n)d 班。请分几次排。") % {"most": MOST_AT_ONCE, "n": len(wanted)}
        raise Invalid(sentence, code="too-many", field="last")
    there = set(activity.shifts.filter(cancelled_at=None).values_list("post", "begins"))
    new = [shift for shift in wanted if (shift.post_id, shift.begins) not in there]
    if not new:
        raise Conflict(_("这些班次都已经排好了；没有新的。"), code="nothing-new")
    Shift.objects.bulk_create(new)
    needs = [ShiftNeed(shift=shift, skill=skill, at_least=n) for shift in new for skill, n in pattern.needs]
    ShiftNeed.objects.bulk_create(needs)
    audit.record(actor, "volunteering.lay_out_shifts", activity, shifts=len(new))
    return new


@transaction.atomic
def change_shift(actor: Account, *, shift: Shift, begins: datetime, ends: datetime, least: int, most: int) -> Shift:
    """Raises Conflict where people are booked beyond the new `most`, served outside the new times, or stand elsewhere then."""
    require(actor, "volunteering.organize", shift.activity)
    if ends <= begins or ends - begins > timedelta(hours=24):
        raise Invalid(_("结束要在开始之后，一班不超过 24 小时。"), code="times", field="ends")
    if least > most:
        raise Invalid(_("最少人数不能多于最多人数。"), code="least", field="least")
    shift = Shift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    shift.begins, shift.ends, shift.least, shift.most = begins, ends, least, most
    try:
        with transaction.atomic():
            shift.save(update_fields=["begins", "ends", "least", "most"])
    except IntegrityError as error:
        raise _cannot_change(error) from error
    audit.record(actor, "volunteering.change_shift", shift)
    return shift


@transaction.atomic
def cancel_shift(actor: Account, *, shift: Shift) -> Shift:
    """Whoever was booked is free and told. Raises Conflict once somebody has checked in."""
    require(actor, "volunteering.organize", shift.activity)
    if shift.cancelled_at:
        raise Conflict(_("这一班已经取消了。"), code="cancelled")
    if shift.attendances.exclude(state="refused").exists():
        raise Conflict(_("已经有人签到，这一班不能取消。"), code="attended")
    live = list(shift.assignments.filter(state__in=Assignment.LIVE).select_related("volunteer__person"))
    shift.assignments.filter(state__in=Assignment.LIVE).update(state=Assignment.State.WITHDRAWN, answer=_("班次取消"))
    shift.cancelled_at = clock.now()
    shift.save(update_fields=["cancelled_at"])
    tell_cancelled(shift, [assignment.volunteer for assignment in live])
    audit.record(actor, "volunteering.cancel_shift", shift, told=len(live))
    return shift


def _check(pattern: Pattern) -> None:
    if pattern.last < pattern.first:
        raise Invalid(_("最后一天不能早于第一天。"), code="days", field="last")
    if not pattern.times:
        raise Invalid(_("请写上班时间，如 8:00-12:00。"), code="times", field="times")
    if pattern.least > pattern.most:
        raise Invalid(_("最少人数不能多于最多人数。"), code="least", field="least")
    if any(n > pattern.most for _skill, n in pattern.needs):
        raise Invalid(_("要求会某项技能的人数不能多于最多人数。"), code="needs", field="needs")
    spans = sorted(pattern.spans())
    if not spans:
        raise Invalid(_("这些日子里没有符合星期的一天。"), code="days", field="weekdays")
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise Invalid(_("上班时间互相重叠了，请核对。"), code="overlap", field="times")


def _check_going_on(activity: Activity) -> None:
    if activity.state in (Activity.State.FINISHED, Activity.State.CANCELLED):
        raise Conflict(_("活动已经结束，不能再排班次。"), code="state")


def _posts(activity: Activity, names: Iterable[str]) -> list[Post | None]:
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    return [
        Post.objects.get_or_create(activity=activity, name=name, defaults={"place": activity.place})[0] for name in wanted
    ] or [None]


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


def _cannot_change(error: IntegrityError) -> Conflict:
    told = str(error)
    if "shift_never_overbooked" in told:
        return Conflict(_("已经排上的人比新的名额多，请先减人。"), code="overbooked", field="most")
    if "attendance_within_shift" in told:
        return Conflict(_("有人在这段时间之外服务过，时间不能这样改。"), code="attended", field="begins")
    if "assignment_one_place_at_a_time" in told:
        return Conflict(_("改到这个时间，有人会同时在两处，请先调开他们的班。"), code="elsewhere", field="begins")
    return Conflict(_("同一岗位这个时间已经有一班。"), code="shift-there", field="begins")
