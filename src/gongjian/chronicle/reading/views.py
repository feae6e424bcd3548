from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.chronicle.reading import selectors, services
from gongjian.chronicle.reading.forms import ProposalForm, ReportForm, TakeForm, beginning_with
from gongjian.chronicle.reading.kinds_of_organizations import kind_of
from gongjian.chronicle.reading.models import Report
from gongjian.chronicle.reading.selectors import Card
from gongjian.chronicle.reading.services import Accepted
from gongjian.kernel.permissions import require
from gongjian.kernel.web.pages import page, paginate, show_form
from gongjian.registry.models import Account, Organization
from gongjian.registry.requests import OfficeRequest


@page("reading.read")
def reports(request: OfficeRequest) -> HttpResponse:
    form = ReportForm(request.POST or None, request.FILES or None, account=request.user)

    def act(values: dict[str, Any]) -> str:
        return reverse("reading:report", args=[services.read_report(request.user, **values).pk])

    if request.method == "POST" and (url := form.submit(request, act)):
        return redirect(url)
    found = paginate(request, selectors.reports(request.user), size=20)
    return show_form(request, "reading/reports.html", form, page=found)


@page("reading.look")
def report(request: OfficeRequest, pk: int) -> HttpResponse:
    """The report on the left, what it proposes on the right."""
    found = selectors.get_report(request.user, pk)
    cards = selectors.cards(found)
    form = TakeForm(request.POST if request.method == "POST" else None, cards=cards)

    def act(values: dict[str, Any]) -> str:
        taken = [selectors.as_it_stands(found, card) for card in cards if card.proposed.number in values["take"]]
        services.accept_proposals(request.user, report=found, accepted=taken)
        return f"{reverse('reading:report', args=[pk])}#taken"

    if request.method == "POST":
        require(request.user, "reading.accept", found)
        if url := form.submit(request, act):
            count = len(set(form.cleaned_data["take"]))
            messages.success(request, ngettext("记下了 %(count)s 条。", "记下了 %(count)s 条。", count) % {"count": count})
            return redirect(url)
    return _show(request, found, cards, form)


def _show(request: OfficeRequest, found: Report, cards: list[Card], form: TakeForm) -> HttpResponse:
    ticked = set(map(str, form.data.getlist("take"))) if form.is_bound else set()  # type: ignore[attr-defined]
    rows = [(card, str(card.proposed.number) in ticked, form.refused.get(card.proposed.number, "")) for card in cards]
    open_ones = sum(card.deed is None and not card.lacks for card in cards)
    taken = sum(card.deed is not None for card in cards)
    return render(
        request,
        "reading/report.html",
        {
            "report": found,
            "pieces": list(selectors.pieces(found)),
            "rows": rows,
            "form": form,
            "open_ones": open_ones,
            "taken": taken,
            "may_accept": selectors.may_accept(request.user, found),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


@page("reading.accept")
def proposal(request: OfficeRequest, pk: int, number: int) -> HttpResponse:
    """One proposal, to be completed, corrected and recorded."""
    found = selectors.get_report(request.user, pk)
    require(request.user, "reading.accept", found)
    card = selectors.card(found, number)
    if card.deed is not None:
        return redirect("ledger:deed", card.deed.pk)
    beginning = beginning_with(found, card, kind_of(card.proposed.organization))
    form = ProposalForm(request.POST or None, account=request.user, card=card, initial=beginning)

    def act(values: dict[str, Any]) -> str:
        _accept(request.user, found, card, values)
        return f"{reverse('reading:report', args=[pk])}#proposal-{number}"

    if request.method == "POST" and (url := form.submit(request, act)):
        messages.success(request, _("记下了。"))
        return redirect(url)
    return show_form(request, "reading/proposal.html", form, report=found, card=card)


def _accept(account: Account, found: Report, card: Card, values: dict[str, Any]) -> None:
    new = values.pop("enter_new", False), values.pop("new_name", ""), values.pop("new_kind", "")
    organization = values.pop("organization", None)

    def accepted(doer: Organization) -> Accepted:
        return Accepted(number=card.proposed.number, key=card.proposed.key, organization=doer, **values)

    if new[0]:
        community = values["place"] if values["place"].level == "community" else None
        services.accept_with_new_organization(
            account, report=found, accepted=accepted, name=new[1], kind=new[2], community=community
        )
    else:
        services.accept_proposals(account, report=found, accepted=[accepted(organization)])
