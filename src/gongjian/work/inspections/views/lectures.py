"""Lectures on safety."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.inspections.forms.planning import LectureForm
from gongjian.work.inspections.models import Lecture
from gongjian.work.inspections.services.lectures import Held, record_lecture


@page("inspections.look", methods=("GET", "HEAD"))
def lectures(request: OfficeRequest) -> HttpResponse:
    found = Lecture.objects.select_related("place", "organization").order_by("-held_on", "-pk")
    context = {"page": paginate(request, found, size=30), "may_record": may(request.user, "inspections.lecture")}
    return render(request, "inspections/lectures.html", context)


@page("inspections.lecture")
def record(request: OfficeRequest) -> HttpResponse:
    form = LectureForm(request.POST or None, account=request.user)

    def act(values: dict[str, Any]) -> str:
        record_lecture(request.user, held=Held(**values))
        return reverse("inspections:lectures")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("记下了，事迹已经记进台账。"))
        return redirect(url)
    return show_form(request, "inspections/lecture.html", form)
