"""Recording and correcting a deed by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel.permissions import may, require
from gongjian.kernel.web.pages import page, show_form
from gongjian.ledger import services
from gongjian.ledger.forms.record import CorrectionForm, DeedForm
from gongjian.ledger.models import Evidence
from gongjian.ledger.selectors import get_deed
from gongjian.registry.models import Account
from gongjian.registry.selectors.people import people


@page("ledger.record_deed")
def record(request: HttpRequest) -> HttpResponse:
    account: Account = request.user  # type: ignore[assignment]
    form = DeedForm(request.POST or None, request.FILES or None, account=account)

    def act(values: dict[str, Any]) -> str:
        values["evidence"] = _taken_in(account, values)
        return reverse("ledger:deed", args=[services.record_deed(account, **values).pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("记下了。过几分钟就会封存，之后谁也改不了。"))
        return redirect(url)
    return show_form(request, "ledger/record.html", form)


@page("ledger.record_deed", methods=("GET", "HEAD"))
def person_names(request: HttpRequest) -> HttpResponse:
    """Names for the list under the field of a person, of those whom the account may know of."""
    typed = request.GET.get("person", "").partition("#")[0].strip()
    found = people(request.user, typed)[:20] if typed else []  # type: ignore[arg-type]
    return render(request, "ledger/parts/person_names.html", {"people": found})


@page("ledger.reverse_deed")
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    account: Account = request.user  # type: ignore[assignment]
    deed = get_deed(account, pk)
    require(account, "ledger.reverse_deed", deed)
    beginning = CorrectionForm.beginning_with(deed)
    form = CorrectionForm(request.POST or None, request.FILES or None, account=account, initial=beginning)

    def act(values: dict[str, Any]) -> str:
        kept = [link.evidence for link in deed.evidence_links.all()]
        values["evidence"] = [*kept, *_taken_in(account, values)]
        right = services.correct_deed(account, deed=deed, person=deed.person, **values)
        return reverse("ledger:deed", args=[right.pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("更正好了：原来的记录不再计数，这是新的记录。"))
        return redirect(url)
    return show_form(request, "ledger/correct.html", form, deed=deed)


def _taken_in(account: Account, values: dict[str, Any]) -> list[Evidence]:
    public = bool(values["public"]) and may(account, "ledger.publish_evidence")
    return services.take_in_files(account, files=values["evidence"], public=public)
