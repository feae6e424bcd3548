"""One shift: who is to come, ticking them in and out, the code, the printed sheet."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid, Missing
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering import codes, services
from gongjian.work.volunteering.forms.organizing import ShiftForm
from gongjian.work.volunteering.forms.people import HoursForm, VolunteerChoice
from gongjian.work.volunteering.models import Assignment, Post, Shift, Volunteer
from gongjian.work.volunteering.selectors import reach
from gongjian.work.volunteering.selectors.days import roll as lines_of
from gongjian.work.volunteering.views.calls import code_picture

MOST_CHOICES = 1000


def _back(shift: Shift) -> HttpResponse:
    return redirect(reverse("volunteering:shift", args=[shift.pk]))


def candidates(request: OfficeRequest, shift: Shift) -> QuerySet[Volunteer]:
    """Those who answered a call of the activity first; then everybody within reach."""
    answered = Volunteer.objects.filter(enrollments__call__activity=shift.activity_id).values("pk")
    reached = reach.volunteers(request.user).filter(retired_at=None)
    return reached.filter(pk__in=answered) if answered.exists() else reached


@page("volunteering.look", methods=("GET", "HEAD"))
def shift(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_shift(request.user, pk)
    organizes = may(request.user, "volunteering.organize", found.activity)
    lines = lines_of(found)
    context = {
        "shift": found,
        "activity": found.activity,
        "lines": lines,
        "may_organize": organizes,
        "now": clock.now(),
        "adding": VolunteerChoice(among=candidates(request, found)) if organizes and not found.cancelled_at else None,
    }
    return render(request, "volunteering/staff/shift.html", context)


@page("volunteering.check_in", methods=("POST",))
def tick(request: OfficeRequest, pk: int) -> HttpResponse:
    """`act` in or out, for everybody who is ticked."""
    found = reach.get_shift(request.user, pk)
    chosen = list(Volunteer.objects.select_related("person").filter(pk__in=_numbers(request.POST.getlist("volunteer"))))
    if not chosen:
        raise Invalid(_("请先勾选到场或离开的人。"), code="nobody")
    if request.POST.get("act") == "out":
        rows = services.tick_out(request.user, shift=found, volunteers=chosen)
        said = ngettext("%(n)d 人签退。", "%(n)d 人签退。", len(rows))
    else:
        rows = services.tick_in(request.user, shift=found, volunteers=chosen)
        said = ngettext("%(n)d 人签到。", "%(n)d 人签到。", len(rows))
    messages.success(request, said % {"n": len(rows)})
    return _back(found)


@page("volunteering.organize", methods=("POST",))
def add(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_shift(request.user, pk)
    form = VolunteerChoice(request.POST, among=candidates(request, found))

    def act(values: dict[str, Any]) -> str:
        services.assign(request.user, shift=found, volunteers=[values["volunteer"]])
        return reverse("volunteering:shift", args=[pk])

    if form.submit(request, act):
        messages.success(request, _("排上了。"))
    else:
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    return _back(found)


@page("volunteering.organize", methods=("POST",))
def decide(request: OfficeRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    services.decide(request.user, assignment=assignment, accepted=request.POST.get("accepted") == "1")
    return _back(assignment.shift)


@page("volunteering.organize", methods=("POST",))
def remove(request: OfficeRequest, pk: int) -> HttpResponse:
    assignment = _assignment(request, pk)
    services.withdraw(request.user, assignment=assignment)
    messages.success(request, _("移出了这一班。"))
    return _back(assignment.shift)


@page("volunteering.organize")
def change(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_shift(request.user, pk)
    initial = {"begins": found.begins, "ends": found.ends, "least": found.least, "most": found.most}
    form = ShiftForm(request.POST or None, initial=initial)

    def act(values: dict[str, Any]) -> str:
        services.change_shift(request.user, shift=found, **values)
        return reverse("volunteering:shift", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/change.html", form, shift=found)


@page("volunteering.organize", methods=("POST",))
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_shift(request.user, pk)
    services.cancel_shift(request.user, shift=found)
    messages.success(request, _("这一班取消了，排上的人都已通知。"))
    return redirect(reverse("volunteering:activity", args=[found.activity_id]))


@page("volunteering.check_in")
def enter(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_shift(request.user, pk)
    initial = {"came": found.begins, "left": found.ends}
    form = HoursForm(request.POST or None, among=candidates(request, found), initial=initial)

    def act(values: dict[str, Any]) -> str:
        services.enter_hours(request.user, shift=found, **values)
        return reverse("volunteering:shift", args=[pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("补录好了，等另一个人确认。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/enter.html", form, shift=found)


@page("volunteering.check_in", methods=("GET", "HEAD"))
def code(request: OfficeRequest, pk: int) -> HttpResponse:
    """The code on the organizer's phone; the part with the code replaces itself."""
    found = reach.get_shift(request.user, pk)
    now = clock.now()
    shown = codes.code_at(found.secret, now)
    link = request.build_absolute_uri(f"{reverse('volunteering:scan', args=[pk])}?c={shown}")
    context = {
        "shift": found,
        "code": shown,
        "picture": code_picture(link, scale=8),
        "wait": max(1, int(codes.seconds_left(now)) + 1),
        "pin": services.give_pin(request.user, shift=found),
        "here": found.attendances.filter(state="here").count(),
    }
    template = "volunteering/parts/code.html" if request.headers.get("HX-Request") else "volunteering/staff/code.html"
    response = render(request, template, context)
    response.headers["Cache-Control"] = "no-store"
    return response


@page("volunteering.check_in", methods=("GET", "HEAD"))
def poster(request: OfficeRequest, pk: int) -> HttpResponse:
    """The code to print and hang at a post; alone it opens nothing, the shift's PIN goes with it."""
    post = Post.objects.select_related("activity").filter(pk=pk, activity__in=reach.activities(request.user)).first()
    if post is None:
        raise Missing(_("没有这个岗位。"))
    link = request.build_absolute_uri(reverse("volunteering:at_post", args=[pk]))
    return render(request, "volunteering/staff/poster.html", {"post": post, "picture": code_picture(link, scale=10)})


@page("volunteering.look", methods=("GET", "HEAD"))
def sheet(request: OfficeRequest, pk: int) -> HttpResponse:
    """To print and sign by hand."""
    found = reach.get_shift(request.user, pk)
    blank = range(max(0, found.most - found.booked) + 2)
    context = {"shift": found, "activity": found.activity, "lines": lines_of(found), "blank": blank}
    return render(request, "volunteering/staff/sheet.html", context)


def _assignment(request: OfficeRequest, pk: int) -> Assignment:
    rows = Assignment.objects.filter(shift__activity__in=reach.activities(request.user))
    found = rows.select_related("shift__activity", "volunteer__person").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这条排班。"))
    return found


def _numbers(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isdecimal()][:MOST_CHOICES]
