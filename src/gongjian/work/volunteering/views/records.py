"""A person's record with its stars, and corrections by request."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.volunteering.forms.records import AnswerForm, CorrectionForm, StarsForm
from gongjian.work.volunteering.models import Correction, Volunteer
from gongjian.work.volunteering.selectors import records
from gongjian.work.volunteering.services import corrections, stars

GET = ("GET", "HEAD")


@page("volunteering.own_record", methods=GET)
def my_record(request: OfficeRequest) -> HttpResponse:
    volunteer = records.own_record(request.user)
    if volunteer is None:
        return render(request, "volunteering/records/none.html")
    return _show(request, volunteer, own=True)


@page("volunteering.view_volunteers", methods=GET)
def record(request: OfficeRequest, pk: int) -> HttpResponse:
    return _show(request, records.get_record(request.user, pk), own=False)


def _show(request: OfficeRequest, volunteer: Volunteer, *, own: bool) -> HttpResponse:
    found, table = records.sums(volunteer), records.star_table()
    context = {
        "volunteer": volunteer,
        "own": own,
        "sums": found,
        "stars": records.stars_of(found, table),
        "next": records.next_star(found, table),
        "page": paginate(request, records.served(volunteer), size=30),
        "certificates": records.certificates_of(volunteer)[:20],
        "may_certify": not own and may(request.user, "volunteering.certify"),
        "may_correct": own or may(request.user, "volunteering.check_in"),
    }
    return render(request, "volunteering/records/record.html", context)


@page("volunteering.own_record")
def ask(request: OfficeRequest, pk: int) -> HttpResponse:
    attendance = records.get_attendance_of(request.user, pk)
    form = CorrectionForm(request.POST or None, attendance=attendance)

    def act(values: dict[str, Any]) -> str:
        corrections.ask_correction(request.user, attendance=attendance, **values)
        own = attendance.volunteer.person_id == request.user.person_id
        return reverse("volunteering:my_record") if own else reverse("volunteering:record", args=[attendance.volunteer_id])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("申请收到了，会有另一个人核对并答复。原来的记录一直保留。"))
        return redirect(url)
    return show_form(request, "volunteering/records/ask.html", form, attendance=attendance)


@page("volunteering.organize", methods=GET)
def correction_list(request: OfficeRequest) -> HttpResponse:
    rows = records.corrections(request.user)
    state = request.GET.get("state", Correction.State.ASKED)
    rows = rows.filter(state=state) if state in Correction.State.values else rows
    context = {"page": paginate(request, rows, size=30), "state": state, "states": Correction.State.choices}
    return render(request, "volunteering/records/corrections.html", context)


@page("volunteering.organize")
def correction(request: OfficeRequest, pk: int) -> HttpResponse:
    found = records.get_correction(request.user, pk)
    form = AnswerForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        decide = corrections.grant_correction if values.pop("granted") else corrections.refuse_correction
        decide(request.user, correction=found, **values)
        return reverse("volunteering:corrections")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("答复了。已计入台账的时长会冲正，请在活动里再计入一次。"))
        return redirect(url)
    return show_form(request, "volunteering/records/correction.html", form, correction=found)


@page("volunteering.set_stars")
def star_levels(request: OfficeRequest) -> HttpResponse:
    form = StarsForm(request.POST or None, table=records.star_table())

    def act(values: dict[str, Any]) -> str:
        stars.set_stars(request.user, table=form.table(values))
        return reverse("volunteering:stars")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("星级标准改好了，各人的星级随之重算。"))
        return redirect(url)
    return show_form(request, "volunteering/records/stars.html", form)
