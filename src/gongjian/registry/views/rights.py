"""What people may ask about their own data, and the register of what was done about it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry import selectors
from gongjian.registry.forms.people import BasisForm, CorrectionForm
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services import rights as services

CORRECTED = ("name", "organization", "community", "party_member")


@page("registry.view_people", methods=("GET", "HEAD"))
def register(request: OfficeRequest) -> HttpResponse:
    found = selectors.data_requests(request.user)
    return render(request, "registry/data_requests.html", {"page": paginate(request, found)})


@page("registry.edit_people")
def copy(request: OfficeRequest, pk: int) -> HttpResponse:
    person = selectors.get_person(request.user, pk)
    form = BasisForm(request.POST or None)
    if request.method == "POST" and (
        held := form.ask(lambda values: services.copy_of_person(request.user, person=person, **values))
    ):
        options = {"ensure_ascii": False, "indent": 2}
        headers = {"Content-Disposition": f'attachment; filename="person-{pk}.json"', "Cache-Control": "no-store"}
        return JsonResponse(held, json_dumps_params=options, headers=headers)
    return show_form(request, "registry/form.html", form, title=_("给本人一份副本"), back=_url(pk))


@page("registry.edit_people")
def correct(request: OfficeRequest, pk: int) -> HttpResponse:
    person = selectors.get_person(request.user, pk)
    form = CorrectionForm(request.POST or None, initial={name: getattr(person, name) for name in CORRECTED})

    def act(values: dict[str, Any]) -> str:
        services.correct_person(request.user, person=person, **values)
        return _url(pk)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("更正了，并记入了个人信息办理登记。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=_("更正个人信息"), back=_url(pk))


@page("registry.edit_people")
def erase(request: OfficeRequest, pk: int) -> HttpResponse:
    person = selectors.get_person(request.user, pk)
    form = BasisForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.erase_person(request.user, person=person, **values)
        return reverse("registry:people")

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("删除了，并记入了个人信息办理登记。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=_("删除个人信息"), back=_url(pk))


def _url(pk: int) -> str:
    return reverse("registry:person", args=[pk])
