"""Claims, from the proposal to the rating."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.rest import Paged, Paging, idempotent, paged
from gongjian.registry.models import Account
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.api.routes import REFUSALS, WRITES, account_of, organization_of, place_of, router
from gongjian.work.cobuilding.api.schemas import AcceptIn, ClaimIn, ClaimOut, ClaimState, RateIn, ReasonIn, WordsIn
from gongjian.work.cobuilding.models import Claim
from gongjian.work.cobuilding.selectors.claims import claims, get_claim
from gongjian.work.cobuilding.selectors.listings import get_need, get_offer

STEP: dict[str, Any] = {"response": {200: ClaimOut, **REFUSALS}, "auth": WRITES}


@router.get("/claims", response={200: Paged[ClaimOut], **REFUSALS})
def list_claims(request: HttpRequest, paging: Query[Paging], state: ClaimState | None = None) -> object:
    """Those that the account may see, what moved last first."""
    require(request.user, "cobuilding.view_claim")
    return paged(claims(account_of(request), state=state or ""), paging, order=("-moved_at", "-pk"))


@router.get("/claims/{int:pk}", response={200: ClaimOut, **REFUSALS})
def get_one_claim(request: HttpRequest, pk: int) -> object:
    require(request.user, "cobuilding.view_claim")
    return get_claim(account_of(request), pk)


@router.post("/claims", response={201: ClaimOut, **REFUSALS}, auth=WRITES)
@idempotent(status=201)
def propose_claim(request: HttpRequest, told: ClaimIn) -> Any:
    """Waits for the other side's yes."""
    return ClaimOut.from_orm(_propose(account_of(request), told))


def _propose(account: Account, told: ClaimIn) -> Claim:
    said: dict[str, Any] = {"quantity": told.quantity, "due_on": told.due_on, "words": told.words}
    if told.need is not None and told.offer is not None:
        return services.claim_pair(account, need=get_need(told.need), offer=get_offer(told.offer), **said)
    if told.need is not None and told.organization is not None:
        organization = organization_of(told.organization)
        return services.claim_need(account, need=get_need(told.need), organization=organization, **said)
    if told.offer is not None and told.place is not None:
        return services.claim_offer(account, offer=get_offer(told.offer), place=place_of(told.place), **said)
    raise Invalid(_("要写明认领哪条需求、由哪个单位，或者哪条资源、给哪个地方。"), code="claim", field="need")


def _done(request: HttpRequest, pk: int, act: Callable[[Account, Claim], object]) -> ClaimOut:
    account = account_of(request)
    act(account, get_claim(account, pk))
    return ClaimOut.from_orm(get_claim(account, pk))


@router.post("/claims/{int:pk}/agree", **STEP)
@idempotent()
def agree_to_claim(request: HttpRequest, pk: int, said: WordsIn) -> Any:
    return _done(request, pk, lambda account, claim: services.agree(account, claim=claim, words=said.words))


@router.post("/claims/{int:pk}/start", **STEP)
@idempotent()
def start_claim(request: HttpRequest, pk: int, said: WordsIn) -> Any:
    return _done(request, pk, lambda account, claim: services.start(account, claim=claim, words=said.words))


@router.post("/claims/{int:pk}/report", **STEP)
@idempotent()
def report_claim(request: HttpRequest, pk: int, said: WordsIn) -> Any:
    """The organization says that it is there."""
    return _done(request, pk, lambda account, claim: services.report(account, claim=claim, words=said.words))


@router.post("/claims/{int:pk}/accept", **STEP)
@idempotent()
def accept_claim(request: HttpRequest, pk: int, said: AcceptIn) -> Any:
    """The beneficiary has it; the deed is recorded."""
    return _done(request, pk, lambda account, claim: services.accept(account, claim=claim, **said.dict()))


@router.post("/claims/{int:pk}/rate", **STEP)
@idempotent()
def rate_claim(request: HttpRequest, pk: int, said: RateIn) -> Any:
    return _done(request, pk, lambda account, claim: services.rate(account, claim=claim, **said.dict()))


@router.post("/claims/{int:pk}/lapse", **STEP)
@idempotent()
def lapse_claim(request: HttpRequest, pk: int, said: ReasonIn) -> Any:
    """Refused, taken back or given up."""
    return _done(request, pk, lambda account, claim: services.lapse(account, claim=claim, reason=said.reason))
