"""Needs, offers, suggested pairs, agreements."""

from typing import Any

from django.http import HttpRequest
from ninja import Query

from gongjian.kernel.permissions import require
from gongjian.kernel.rest import Paged, Paging, idempotent, paged
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.api.routes import REFUSALS, WRITES, account_of, organization_of, place_of, router
from gongjian.work.cobuilding.api.schemas import AgreementOut, KindName, NeedIn, NeedOut, OfferIn, OfferOut, SuggestionOut
from gongjian.work.cobuilding.selectors import agreements, listings, matching

NEWEST = ("-posted_at", "-pk")


@router.get("/needs", response={200: Paged[NeedOut], **REFUSALS})
def list_needs(request: HttpRequest, paging: Query[Paging], kind: KindName | None = None, open: bool = True) -> object:  # noqa: A002
    """The newest first; `open`: something is left of them."""
    require(request.user, "cobuilding.view")
    return paged(listings.needs(kind=kind or "", state="open" if open else "all"), paging, order=NEWEST)


@router.post("/needs", response={201: NeedOut, **REFUSALS}, auth=WRITES)
@idempotent(status=201)
def post_need(request: HttpRequest, told: NeedIn) -> Any:
    need = services.post_need(account_of(request), **told.dict() | {"place": place_of(told.place)})
    return NeedOut.from_orm(need)


@router.get("/offers", response={200: Paged[OfferOut], **REFUSALS})
def list_offers(request: HttpRequest, paging: Query[Paging], kind: KindName | None = None, open: bool = True) -> object:  # noqa: A002
    require(request.user, "cobuilding.view")
    return paged(listings.offers(kind=kind or "", state="open" if open else "all"), paging, order=NEWEST)


@router.post("/offers", response={201: OfferOut, **REFUSALS}, auth=WRITES)
@idempotent(status=201)
def post_offer(request: HttpRequest, told: OfferIn) -> Any:
    place = place_of(told.place) if told.place else None
    facts = told.dict() | {"place": place, "organization": organization_of(told.organization)}
    return OfferOut.from_orm(services.post_offer(account_of(request), **facts))


@router.get("/suggestions", response={200: list[SuggestionOut], **REFUSALS})
def list_suggestions(request: HttpRequest) -> object:
    """Of the newest matching, as far as they concern the account; at most two hundred, the best first."""
    require(request.user, "cobuilding.view")
    return list(matching.suggestions(account_of(request))[:200])


@router.get("/agreements", response={200: Paged[AgreementOut], **REFUSALS})
def list_agreements(request: HttpRequest, paging: Query[Paging]) -> object:
    """What ends first stands first. Persons and their telephones are not given to machines."""
    require(request.user, "cobuilding.view_agreement")
    return paged(agreements.agreements(account_of(request)), paging, order=("ends_on", "pk"))
