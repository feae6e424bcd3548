"""Tables of floor coefficients."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, show_form
from gongjian.registry.requests import OfficeRequest
from gongjian.work.projects.elevators import forms, services
from gongjian.work.projects.elevators.models import CoefficientTable


@page("elevators.view")
def tables(request: OfficeRequest) -> HttpResponse:
    form = forms.TableForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.add_table(request.user, **values)
        return reverse("elevators:tables")

    if request.method == "POST":
        require(request.user, "elevators.keep_tables")
        if url := form.submit(request, act):
            messages.success(request, _("系数表登记好了。"))
            return redirect(url)
    may_keep = may(request.user, "elevators.keep_tables")
    return show_form(request, "elevators/tables.html", form, tables=CoefficientTable.objects.all(), may_keep=may_keep)


@page("elevators.keep_tables", methods=("POST",))
def shipped(request: OfficeRequest) -> HttpResponse:
    services.load_shipped_tables(request.user)
    messages.success(request, _("样例放进来了，用以前请核对依据。"))
    return redirect("elevators:tables")
