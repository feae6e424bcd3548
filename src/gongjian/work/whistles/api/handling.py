"""What a unit that was sent does with its part: accept, arrive, handle, report."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Router

from gongjian.kernel.rest import Problem, idempotent
from gongjian.registry.models import Account
from gongjian.registry.tokens import TokenAuth
from gongjian.work.whistles import services
from gongjian.work.whistles.api.asked import ReportIn, WordsIn
from gongjian.work.whistles.api.naming import account_of
from gongjian.work.whistles.api.schemas import DispatchOut
from gongjian.work.whistles.models import Dispatch
from gongjian.work.whistles.selectors.parts import get_dispatch

REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
router = Router(tags=["whistles"], auth=TokenAuth("whistles:write"))


def _done(request: HttpRequest, pk: int, act: Callable[[Account, Dispatch], object]) -> DispatchOut:
    account = account_of(request)
    act(account, get_dispatch(account, pk))
    return DispatchOut.from_orm(get_dispatch(account, pk))


@router.post("/dispatches/{int:pk}/accept", response={200: DispatchOut, **REFUSALS})
@idempotent()
def accept_dispatch(request: HttpRequest, pk: int) -> Any:
    """The organization reports in (应哨)."""
    return _done(request, pk, lambda account, sent: services.accept(account, dispatch=sent))


@router.post("/dispatches/{int:pk}/arrive", response={200: DispatchOut, **REFUSALS})
@idempotent()
def arrive_for_dispatch(request: HttpRequest, pk: int, said: WordsIn) -> Any:
    """Somebody stands there. Answers the response clock."""
    return _done(request, pk, lambda account, sent: services.arrive(account, dispatch=sent, words=said.words))


@router.post("/dispatches/{int:pk}/handle", response={200: DispatchOut, **REFUSALS})
@idempotent()
def handle_dispatch(request: HttpRequest, pk: int, said: WordsIn) -> Any:
    """The work is done; the report may follow."""
    return _done(request, pk, lambda account, sent: services.handle(account, dispatch=sent, words=said.words))


@router.post("/dispatches/{int:pk}/report", response={200: DispatchOut, **REFUSALS})
@idempotent()
def report_on_dispatch(request: HttpRequest, pk: int, told: ReportIn) -> Any:
    """What came of it. The lead's report answers the resolution clock."""
    return _done(
        request, pk, lambda account, sent: services.report(account, dispatch=sent, outcome=told.outcome, words=told.words)
    )
