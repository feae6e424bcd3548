"""The lists by which places are inspected."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.inspections.forms.planning import ItemsForm
from gongjian.work.inspections.selectors import checklists as selectors
from gongjian.work.inspections.services.checklists import revise_checklist


@page("inspections.configure", methods=("GET", "HEAD"))
def checklists(request: OfficeRequest) -> HttpResponse:
    return render(request, "inspections/checklists.html", {"checklists": selectors.checklists()})


@page("inspections.configure")
def revise(request: OfficeRequest, kind: str) -> HttpResponse:
    found = next((one for one in selectors.checklists() if one.kind == kind), None)
    if found is None:
        raise Missing(_("没有这种检查表。"))
    form = ItemsForm(request.POST or None, initial={"items": "\n".join(found.items)})

    def act(values: dict[str, Any]) -> str:
        revise_checklist(request.user, kind=kind, items=values["items"].splitlines())
        return reverse("inspections:checklists")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("存好了，以后的检查按这一版。"))
        return redirect(url)
    return show_form(request, "inspections/checklist.html", form, checklist=found)
