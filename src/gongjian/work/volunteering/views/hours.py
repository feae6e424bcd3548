"""Hours to confirm, the activity's whole attendance, and crediting it to the ledger."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.kernel.web.spreadsheets import spreadsheet
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering import services
from gongjian.work.volunteering.forms.people import ReasonForm, TimesOfOneForm
from gongjian.work.volunteering.models import Attendance
from gongjian.work.volunteering.selectors import hours, reach

MOST_EXPORTED = 20000
HEAD = (
    gettext_noop("志愿者编号"),
    gettext_noop("姓名"),
    gettext_noop("代表单位"),
    gettext_noop("日期"),
    gettext_noop("岗位"),
    gettext_noop("开始服务"),
    gettext_noop("结束服务"),
    gettext_noop("时长（小时）"),
    gettext_noop("签到方式"),
    gettext_noop("签退方式"),
    gettext_noop("状态"),
    gettext_noop("标注"),
)


@page("volunteering.organize", methods=("GET", "HEAD"))
def waiting(request: OfficeRequest) -> HttpResponse:
    """All that waits, across activities."""
    rows = hours.waiting(request.user)
    context = {"page": paginate(request, rows, size=60), "may_organize": True}
    return render(request, "volunteering/staff/waiting.html", context)


@page("volunteering.look", methods=("GET", "HEAD"))
def attendance(request: OfficeRequest, pk: int) -> HttpResponse:
    activity = reach.get_activity(request.user, pk)
    state = request.GET.get("state", "")
    rows = hours.attendances(activity, state if state in Attendance.State.values else "")
    if request.GET.get("as") == "xlsx":
        return spreadsheet(activity.title, [_(title) for title in HEAD], map(_row, rows[:MOST_EXPORTED]))
    context = {
        "activity": activity,
        "page": paginate(request, rows, size=60),
        "state": state,
        "states": Attendance.State.choices,
        "totals": hours.totals(hours.of_activity(activity)),
        "may_organize": may(request.user, "volunteering.organize", activity),
    }
    return render(request, "volunteering/staff/attendance.html", context)


@page("volunteering.confirm_hours", methods=("POST",))
def confirm(request: OfficeRequest) -> HttpResponse:
    """Everything that is ticked, at once."""
    chosen = [int(pk) for pk in request.POST.getlist("attendance") if pk.isdecimal()]
    rows = list(hours.waiting(request.user).filter(pk__in=chosen))
    if not rows:
        raise Invalid(_("请先勾选要确认的时长。"), code="nobody")
    services.confirm_hours(request.user, attendances=rows)
    messages.success(request, _("确认了 %(n)d 条。") % {"n": len(rows)})
    return redirect(reverse("volunteering:waiting"))


@page("volunteering.organize")
def refuse(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_attendance(request.user, pk)
    form = ReasonForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.refuse_hours(request.user, attendance=found, **values)
        return reverse("volunteering:waiting")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("这条不计入时长，记录还在。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/refuse.html", form, attendance=found)


@page("volunteering.check_in")
def correct(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_attendance(request.user, pk)
    initial = {"came": found.began, "left": found.ended or found.shift_ends}
    form = TimesOfOneForm(request.POST or None, initial=initial)

    def act(values: dict[str, Any]) -> str:
        services.correct_times(request.user, attendance=found, **values)
        return reverse("volunteering:shift", args=[found.shift_id])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了，等另一个人确认。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/correct.html", form, attendance=found)


@page("volunteering.organize", methods=("POST",))
def credit(request: OfficeRequest, pk: int) -> HttpResponse:
    deeds = services.credit_hours(request.user, activity=reach.get_activity(request.user, pk))
    messages.success(request, _("记入台账 %(n)d 条，一人一条，不重复计算。") % {"n": len(deeds)})
    return redirect(reverse("volunteering:attendance", args=[pk]))


def flags(row: Attendance) -> list[str]:
    """What a reviewer should see at once."""
    said = [
        (row.late_entry, _("迟录")),
        (row.bulk_entry, _("批量录入")),
        (row.no_check_out, _("没有签退")),
        ("manual" in (row.came_by, row.left_by), _("手工录入")),
    ]
    return [words for there, words in said if there]


def _row(row: Attendance) -> list[Any]:
    person = row.volunteer.person
    return [
        row.volunteer.number,
        str(person),
        str(row.organization or ""),
        row.began.date(),
        str(row.shift.post or ""),
        row.began,
        row.ended or "",
        row.hours,
        row.get_came_by_display(),
        row.get_left_by_display(),
        row.get_state_display(),
        "、".join(flags(row)),
    ]
