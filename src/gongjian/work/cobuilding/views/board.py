"""The board: needs left, offers right, suggested pairs between."""

from django.http import HttpResponse
from django.shortcuts import render

from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.cobuilding.kinds import Kind
from gongjian.work.cobuilding.selectors.claims import claims
from gongjian.work.cobuilding.selectors.listings import needs, offers

SHOWN = 15


@page("cobuilding.view", methods=("GET", "HEAD"))
def board(request: OfficeRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    open_needs, open_offers = needs(kind=kind), offers(kind=kind)
    context = {
        "kinds": Kind.choices,
        "kind": kind,
        "needs": open_needs[:SHOWN],
        "need_count": open_needs.count(),
        "offers": open_offers[:SHOWN],
        "offer_count": open_offers.count(),
        "claims": claims(request.user)[:10],
        "may_post_need": may(request.user, "cobuilding.post_need"),
        "may_post_offer": may(request.user, "cobuilding.post_offer"),
    }
    return render(request, "cobuilding/board.html", context)
