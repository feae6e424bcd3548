"""One's own page behind the link: my shifts, choosing, leaving, swapping, checking in and out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.calendars.events import ical_answer
from gongjian.kernel.errors import DomainError, Missing
from gongjian.kernel.web.pages import page
from gongjian.registry.models import Consent
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services.oneself import decide_consent
from gongjian.work.volunteering import services
from gongjian.work.volunteering.forms.public import StampForm
from gongjian.work.volunteering.models import Assignment, Attendance, Call, Enrollment, Shift, SwapOffer
from gongjian.work.volunteering.selectors.calendars import feed_by_link
from gongjian.work.volunteering.selectors.public import days_ahead, my_places, open_offers
from gongjian.work.volunteering.services.checks import spoken
from gongjian.work.volunteering.views.links import by_token, kept_private, known_volunteer, remember


@page("volunteering.join", methods=("GET", "HEAD"))
def mine(request: OfficeRequest) -> HttpResponse:
    """All answers of whoever this phone or account belongs to."""
    volunteer = known_volunteer(request)
    answers = volunteer.enrollments.select_related("call__activity").order_by("-at")[:50] if volunteer else []
    return kept_private(render(request, "volunteering/public/mine.html", {"volunteer": volunteer, "answers": answers}))


@page("volunteering.join", methods=("GET", "HEAD"))
def my(request: OfficeRequest, token: str) -> HttpResponse:
    enrollment = by_token(request, token)
    remember(request, enrollment.volunteer)
    activity = enrollment.call.activity
    chooses = enrollment.call.mode == Call.Mode.CHOOSE and enrollment.state == Enrollment.State.ACCEPTED
    places = my_places(enrollment)
    taken = {place.assignment.shift_id for place in places}
    context = {
        "enrollment": enrollment,
        "activity": activity,
        "places": places,
        "stampable": [place for place in places if place.may_stamp],
        "days": days_ahead(activity) if chooses else [],
        "taken": taken,
        "offers": [o for o in open_offers(activity) if o.assignment.volunteer_id != enrollment.volunteer_id],
        "located": enrollment.volunteer.person.consents.filter(purpose=Consent.Purpose.LOCATION, withdrawn_at=None).exists(),
        "live": enrollment.state in Enrollment.LIVE,
    }
    return kept_private(render(request, "volunteering/public/my.html", context))


@page("volunteering.join", methods=("GET", "HEAD"))
def calendar(request: OfficeRequest, token: str) -> HttpResponse:
    """For a phone's calendar, which asks again by itself."""
    return kept_private(ical_answer(feed_by_link(by_token(request, token)), site=request.build_absolute_uri("/").rstrip("/")))


def _back(enrollment: Enrollment) -> HttpResponse:
    return redirect(reverse("volunteering:my", args=[enrollment.token]))


@page("volunteering.join", methods=("POST",))
def choose(request: OfficeRequest, token: str, pk: int) -> HttpResponse:
    enrollment = by_token(request, token)
    if enrollment.state != Enrollment.State.ACCEPTED:
        raise Missing(_("报名还没有通过，不能选班次。"))
    shift = Shift.objects.select_related("activity").filter(pk=pk, activity=enrollment.call.activity).first()
    if shift is None:
        raise Missing(_("没有这一班。"))
    place = services.sign_up(request.user, shift=shift, volunteer=enrollment.volunteer, organization=enrollment.organization)
    said = {
        Assignment.State.BOOKED: _("排上了：%(when)s。"),
        Assignment.State.WAITING: _("这一班满了，您排在候补里：%(when)s。有人退出就轮到您。"),
    }.get(Assignment.State(place.state), _("已经报上，等组织方审核：%(when)s。"))
    messages.success(request, said % {"when": spoken(place)})
    return _back(enrollment)


@page("volunteering.join", methods=("POST",))
def leave(request: OfficeRequest, token: str, pk: int) -> HttpResponse:
    enrollment = by_token(request, token)
    services.withdraw(request.user, assignment=_own(enrollment, pk))
    messages.success(request, _("退出了这一班，名额让给别人。谢谢您提前说。"))
    return _back(enrollment)


@page("volunteering.join", methods=("POST",))
def swap(request: OfficeRequest, token: str, pk: int) -> HttpResponse:
    enrollment = by_token(request, token)
    services.offer_swap(request.user, assignment=_own(enrollment, pk))
    messages.success(request, _("已经挂出来换班。有人接之前，这一班还是您的。"))
    return _back(enrollment)


@page("volunteering.join", methods=("POST",))
def take(request: OfficeRequest, token: str, pk: int) -> HttpResponse:
    enrollment = by_token(request, token)
    offer = SwapOffer.objects.filter(pk=pk, assignment__shift__activity=enrollment.call.activity).first()
    if offer is None or enrollment.state != Enrollment.State.ACCEPTED:
        raise Missing(_("没有这个换班。"))
    services.take_swap(request.user, offer=offer, volunteer=enrollment.volunteer)
    messages.success(request, _("接下来了，谢谢您顶上。"))
    return _back(enrollment)


@page("volunteering.join", methods=("POST",))
def withdraw(request: OfficeRequest, token: str) -> HttpResponse:
    enrollment = by_token(request, token)
    services.withdraw_answer(request.user, enrollment=enrollment)
    messages.success(request, _("退出了。已经服务的时长照样算数。"))
    return _back(enrollment)


@page("volunteering.join", methods=("POST",))
def consent(request: OfficeRequest, token: str) -> HttpResponse:
    """Position at check-in: off until the volunteer says yes, and off again with one tap."""
    enrollment = by_token(request, token)
    given = request.POST.get("given") == "1"
    decide_consent(
        request.user,
        person=enrollment.volunteer.person,
        purpose=Consent.Purpose.LOCATION,
        given=given,
        means=_("本人在报名页上选择"),
    )
    messages.success(request, _("签到时会附上位置。") if given else _("签到时不再附位置。"))
    return _back(enrollment)


@page("volunteering.join", methods=("POST",))
def stamp(request: OfficeRequest, token: str) -> HttpResponse:
    """What the device page sends, JSON back: what waited for the network comes with its own number, and counts once."""
    enrollment = by_token(request, token)
    form = StampForm(request.POST)
    if not form.is_valid():
        return _said(request, enrollment, _("签到内容不完整，请重新扫码。"), status=422)
    try:
        if not form.cleaned_data["code"]:
            services.spend_try(enrollment.volunteer.pk)
        attendance = stamp_in_or_out(request, enrollment.volunteer, dict(form.cleaned_data))
    except DomainError as error:
        return _said(request, enrollment, str(error), status=error.status)
    return _said(request, enrollment, told(attendance))


def _said(request: OfficeRequest, enrollment: Enrollment, detail: str, *, status: int = 200) -> HttpResponse:
    """To a script as JSON; without scripts on the page itself."""
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"ok": status == 200, "detail": detail}, status=status)
    (messages.success if status == 200 else messages.error)(request, detail)
    return _back(enrollment)


def stamp_in_or_out(request: Any, volunteer: Any, values: dict[str, Any]) -> Attendance:
    """Raises what the service raises."""
    shift = Shift.objects.select_related("activity__place").filter(pk=values.pop("shift")).first()
    if shift is None:
        raise Missing(_("没有这一班。"))
    act = services.check_out if values.pop("direction") == "out" else services.check_in
    slip = values.pop("slip", None)
    proof = services.Proof(**values, slip=str(slip) if slip else None)
    return act(request.user, shift=shift, volunteer=volunteer, proof=proof)


def told(attendance: Attendance) -> str:
    if attendance.ended is None:
        return _("签到成功。走的时候记得签退。")
    return _("签退成功，这次计 %(hours)s 小时，等组织方确认。") % {"hours": f"{attendance.hours.normalize():f}"}


def _own(enrollment: Enrollment, pk: int) -> Assignment:
    rows = Assignment.objects.filter(volunteer=enrollment.volunteer, shift__activity=enrollment.call.activity)
    found = rows.select_related("shift__activity").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这一班。"))
    return found
