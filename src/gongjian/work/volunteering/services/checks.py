"""Whether somebody may have a place: small checks that word a refusal, and enable the button as well."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.work.volunteering.models import Activity, Assignment, Call, Shift, Volunteer
from gongjian.work.volunteering.models.volunteers import ADULT_YEARS


def check_call_open(call: Call) -> None:
    if call.state != Call.State.OPEN or call.closes_at <= clock.now():
        raise Conflict(_("报名已经截止了。想帮忙，可以看看别的招募令，或给组织方打电话。"), code="closed")


def check_activity_open(activity: Activity) -> None:
    if activity.state != Activity.State.OPEN:
        raise Conflict(_("这个活动现在不能报名：%(state)s。") % {"state": activity.get_state_display()}, code="not-open")


def check_shift_ahead(shift: Shift) -> None:
    if shift.cancelled_at:
        raise Conflict(_("这一班已经取消了。"), code="cancelled")
    if shift.ends <= clock.now():
        raise Conflict(_("这一班已经结束了，请选后面的班次。"), code="past")


def check_volunteer_fits(volunteer: Volunteer, activity: Activity) -> None:
    """Whoever retired does not come; minors come where their age is admitted, and never where it is dangerous."""
    if volunteer.retired_at:
        raise Conflict(_("这位志愿者已经退出，请先重新登记。"), code="retired")
    today = clock.today()
    if not volunteer.is_minor(today):
        return
    if activity.dangerous:
        raise Invalid(_("这个活动有危险，未满 18 周岁不能参加。"), code="minor")
    assert volunteer.born is not None
    if activity.least_age and volunteer.born.replace(year=volunteer.born.year + activity.least_age) > today:
        raise Invalid(_("这个活动要年满 %(n)d 周岁。") % {"n": activity.least_age}, code="too-young")


def least_age_of(activity: Activity) -> int:
    return max(activity.least_age, ADULT_YEARS if activity.dangerous else 0)


def check_elsewhere(volunteer: Volunteer, shift: Shift) -> None:
    """The database refuses an overlap by itself; this says with what."""
    held = Assignment.objects.filter(volunteer=volunteer, state=Assignment.State.BOOKED).exclude(shift=shift)
    other = held.filter(begins__lt=shift.ends, ends__gt=shift.begins).select_related("shift__activity").first()
    if other is not None:
        raise Conflict(
            _("这段时间已经排了“%(activity)s”（%(when)s），一个人不能同时在两处。请先退出那一班，再报这一班。")
            % {"activity": other.shift.activity, "when": spoken(other.shift)},
            code="elsewhere",
        )


def check_rest(volunteer: Volunteer, shift: Shift) -> None:
    """Between two shifts of one activity lies the rest that it demands."""
    rest = timedelta(hours=shift.activity.rest_hours)
    held = Assignment.objects.filter(volunteer=volunteer, state=Assignment.State.BOOKED, shift__activity=shift.activity)
    near = held.exclude(shift=shift).filter(begins__lt=shift.ends + rest, ends__gt=shift.begins - rest).first()
    if near is not None:
        raise Conflict(
            _("和您另一班（%(when)s）挨得太近，两班之间至少休息 %(n)d 小时。")
            % {"when": spoken(near), "n": shift.activity.rest_hours},
            code="rest",
        )


def check_skills_left(volunteer: Volunteer, shift: Shift) -> None:
    """The last places are kept for those who have what the shift still lacks."""
    needs = list(shift.needs.select_related("skill"))
    if not needs:
        return
    own = set(volunteer.skills.values_list("pk", flat=True))
    booked = Assignment.objects.filter(shift=shift, state=Assignment.State.BOOKED)
    missing = []
    for need in needs:
        there = booked.filter(volunteer__skills=need.skill).count() + (need.skill_id in own)
        if there < need.at_least:
            missing.append((need.skill.name, need.at_least - there))
    if missing and max(n for _name, n in missing) > shift.most - booked.count() - 1:
        names = "、".join(name for name, _n in missing)
        raise Conflict(_("剩下的名额留给会“%(skills)s”的人。") % {"skills": names}, code="skills")


def spoken(span: "Shift | Assignment") -> str:
    """2月29日 20:00–次日 4:00, as one says it."""
    begins, ends = timezone.localtime(span.begins), timezone.localtime(span.ends)
    later = _("次日 ") if ends.date() != begins.date() else ""
    day = _("%(month)d月%(day)d日") % {"month": begins.month, "day": begins.day}
    return f"{day} {begins.hour}:{begins:%M}–{later}{ends.hour}:{ends:%M}"
