"""People, masked; their numbers in clear only with a reason; what they consented to."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry import selectors
from gongjian.registry.forms.people import BasisForm, ConsentForm, PeopleFilter, PersonForm, RevealForm
from gongjian.registry.models import Person
from gongjian.registry.requests import OfficeRequest
from gongjian.registry.services import people as services


@page("registry.view_people", methods=("GET", "HEAD"))
def listing(request: OfficeRequest) -> HttpResponse:
    form = PeopleFilter(request.GET)
    found = selectors.people(request.user, request.GET.get("words", ""))
    return render(request, "registry/people.html", {"form": form, "page": paginate(request, found)})


@page("registry.view_people", methods=("GET", "HEAD"))
def show(request: OfficeRequest, pk: int) -> HttpResponse:
    return render(request, "registry/person.html", _told(request, selectors.get_person(request.user, pk)))


def _told(request: OfficeRequest, person: Person, **more: Any) -> dict[str, Any]:
    return {
        "person": person,
        "consents": person.consents.order_by("-given_at"),
        "requests": person.data_requests.select_related("handled_by").order_by("-handled_at"),
        "changes": selectors.changes_of(person),
        "may_reveal": may(request.user, "registry.reveal_person", person),
        "reveal_form": RevealForm(),
        "consent_form": ConsentForm(),
        "basis_form": BasisForm(),
        "clear": None,
        **more,
    }


@page("registry.edit_people")
def enter(request: OfficeRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        return _url(services.enter_person(request.user, **values).pk)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("登记好了。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=_("登记人员"), back=reverse("registry:people"))


@page("registry.reveal_person", methods=("POST",))
def reveal(request: OfficeRequest, pk: int) -> HttpResponse:
    """Shown in the answer itself, so that it is in no address, no history and no cache."""
    person = selectors.get_person(request.user, pk)
    form = RevealForm(request.POST)
    clear = form.ask(lambda values: services.reveal_person(request.user, person=person, **values))
    status = 200 if clear else 422
    response = render(request, "registry/person.html", _told(request, person, clear=clear, reveal_form=form), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@page("registry.edit_people")
def consent(request: OfficeRequest, pk: int) -> HttpResponse:
    person = selectors.get_person(request.user, pk)
    form = ConsentForm(request.POST or None)

    def act(values: dict[str, Any]) -> str:
        services.give_consent(request.user, person=person, **values)
        return _url(pk)

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("记下了。随时可以撤回。"))
        return redirect(url)
    return show_form(request, "registry/form.html", form, title=_("记一项同意"), back=_url(pk))


@page("registry.edit_people", methods=("POST",))
def withdraw(request: OfficeRequest, pk: int) -> HttpResponse:
    found = selectors.get_consent(request.user, pk)
    services.withdraw_consent(request.user, consent=found)
    messages.success(request, _("撤回了，从现在起不再这样用。"))
    return redirect(_url(found.person_id))


def _url(pk: int) -> str:
    return reverse("registry:person", args=[pk])
