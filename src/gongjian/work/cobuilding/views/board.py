"""The board: needs left, offers right, suggested pairs between."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from gongjian.kernel.permissions import may
from gongjian.kernel.web.pages import page
from gongjian.registry.requests import OfficeRequest
from gongjian.work.cobuilding.kinds import Kind
from gongjian.work.cobuilding.models import Suggestion
from gongjian.work.cobuilding.selectors.claims import claims
from gongjian.work.cobuilding.selectors.listings import needs, offers
from gongjian.work.cobuilding.selectors.matching import grounds, suggestions

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
        "pairs": [(one, grounds(one)) for one in _of_kind(suggestions(request.user), kind)[:SHOWN]],
        "claims": claims(request.user, kind=kind if kind in Kind.values else "")[:10],
        "may_match": may(request.user, "cobuilding.match"),
        "may_speak": may(request.user, "cobuilding.speak"),
        "may_post_need": may(request.user, "cobuilding.post_need"),
        "may_post_offer": may(request.user, "cobuilding.post_offer"),
    }
    return render(request, "cobuilding/board.html", context)


def _of_kind(found: QuerySet[Suggestion], kind: str) -> QuerySet[Suggestion]:
    return found.filter(need__kind=kind) if kind in Kind.values else found
