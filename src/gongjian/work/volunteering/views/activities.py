"""Activities: the list, one of them, planning, opening, ending, doing the same again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering import services
from gongjian.work.volunteering.forms.organizing import ActivityForm, PatternForm, RepeatForm
from gongjian.work.volunteering.models import Activity
from gongjian.work.volunteering.selectors import hours, reach
from gongjian.work.volunteering.selectors.days import covered
from gongjian.work.volunteering.selectors.public import by_day

EDITED = (
    "title",
    "field",
    "place",
    "organization",
    "team",
    "content",
    "beneficiary",
    "responsible",
    "contact",
    "risks",
    "dangerous",
    "insurance",
    "least_age",
    "needs_approval",
    "rounding",
    "rest_hours",
)


@page("volunteering.look", methods=("GET", "HEAD"))
def activities(request: OfficeRequest) -> HttpResponse:
    state = request.GET.get("state", Activity.State.OPEN)
    rows = reach.activities(request.user).annotate(shifts_there=Count("shifts", filter=Q(shifts__cancelled_at=None)))
    if state in Activity.State.values:
        rows = rows.filter(state=state)
    context = {
        "page": paginate(request, rows.order_by("-created_at", "-pk"), size=30),
        "state": state,
        "states": Activity.State.choices,
        "may_plan": may(request.user, "volunteering.organize"),
    }
    return render(request, "volunteering/staff/activities.html", context)


@page("volunteering.organize")
def plan(request: OfficeRequest) -> HttpResponse:
    form = ActivityForm(request.POST or None, account=request.user)

    def act(values: dict[str, Any]) -> str:
        activity = services.plan_activity(request.user, **values)
        return reverse("volunteering:shifts", args=[activity.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("活动建好了，下一步排班次。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/plan.html", form)


@page("volunteering.organize")
def edit(request: OfficeRequest, pk: int) -> HttpResponse:
    activity = reach.get_activity(request.user, pk)
    initial = {name: getattr(activity, name) for name in EDITED}
    form = ActivityForm(request.POST or None, account=request.user, initial=initial)

    def act(values: dict[str, Any]) -> str:
        services.edit_activity(request.user, activity=activity, **values)
        return reverse("volunteering:activity", args=[activity.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/plan.html", form, activity=activity)


@page("volunteering.look", methods=("GET", "HEAD"))
def activity(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_activity(request.user, pk)
    days = by_day_covered(found)
    days_before = sum(day.date < clock.today() for day in days[:-1])
    this_week = days_before // DAYS_A_PAGE + 1
    context = {
        "activity": found,
        "page": Paginator(days, DAYS_A_PAGE).get_page(request.GET.get("page") or this_week),
        "calls": found.calls.order_by("-pk"),
        "totals": hours.totals(hours.of_activity(found)),
        "may_organize": may(request.user, "volunteering.organize", found),
        "posts": list(found.posts.all()),
    }
    return render(request, "volunteering/staff/activity.html", context)


DAYS_A_PAGE = 7


def by_day_covered(found: Activity) -> list[Any]:
    """Each day with its shifts and how they are covered."""
    of_shift = {one.shift.pk: one for one in covered(Q(activity=found))}
    days = by_day(one.shift for one in of_shift.values())
    for day in days:
        day.shifts[:] = [of_shift[shift.pk] for shift in day.shifts]  # type: ignore[misc]
    return days


@page("volunteering.organize")
def shifts(request: OfficeRequest, pk: int) -> HttpResponse:
    """Two months of three shifts a day at five gates, in one form."""
    found = reach.get_activity(request.user, pk)
    form = PatternForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        skill, skilled = values.pop("skill"), values.pop("skilled")
        needs = ((skill, skilled or 1),) if skill else ()
        posts, weekdays = values.pop("posts").splitlines(), frozenset(values.pop("weekdays"))
        pattern = services.Pattern(**values, posts=posts, weekdays=weekdays, needs=needs)
        made = services.lay_out_shifts(request.user, activity=found, pattern=pattern)
        messages.success(request, _("排好了 %(n)d 班。") % {"n": len(made)})
        return reverse("volunteering:activity", args=[found.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        return redirect(url)
    return show_form(request, "volunteering/staff/shifts.html", form, activity=found)


@page("volunteering.organize")
def repeat(request: OfficeRequest, pk: int) -> HttpResponse:
    found = reach.get_activity(request.user, pk)
    form = RepeatForm(request.POST or None, initial={"title": found.title})

    def act(values: dict[str, Any]) -> str:
        again = services.repeat_activity(request.user, activity=found, **values)
        return reverse("volunteering:activity", args=[again.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("照样建好了一个，还没有开始；看过再开始。"))
        return redirect(url)
    return show_form(request, "volunteering/staff/repeat.html", form, activity=found)


def _step(request: OfficeRequest, pk: int, step: Callable[..., Any], done: str) -> HttpResponse:
    step(request.user, activity=reach.get_activity(request.user, pk))
    messages.success(request, done)
    return redirect(reverse("volunteering:activity", args=[pk]))


@page("volunteering.organize", methods=("POST",))
def open_(request: OfficeRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.open_activity, _("开始了，可以发招募令了。"))


@page("volunteering.organize", methods=("POST",))
def finish(request: OfficeRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.finish_activity, _("活动结束了。请确认剩下的时长，再记入台账。"))


@page("volunteering.organize", methods=("POST",))
def cancel(request: OfficeRequest, pk: int) -> HttpResponse:
    return _step(request, pk, services.cancel_activity, _("取消了，报了名的人都已通知。"))
