"""How often, by risk."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.care.forms import CadenceForm
from gongjian.work.care.selectors.cadences import cadences as known_cadences
from gongjian.work.care.services.cadences import set_cadences


@page("care.configure")
def cadences(request: OfficeRequest) -> HttpResponse:
    form = CadenceForm(request.POST or None, known=known_cadences())

    def act(values: dict[str, Any]) -> str:
        set_cadences(request.user, decided=form.decided(values))
        return reverse("care:cadences")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("改好了，每位老人的下一次联系时间都重新算过。"))
        return redirect(url)
    return show_form(request, "care/cadences.html", form)
