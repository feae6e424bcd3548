"""What the office and the community do with a whistle: triage, dispatch, verify, close, comment."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Router

from gongjian.kernel.rest import Problem, idempotent
from gongjian.registry.models import Account
from gongjian.registry.tokens import TokenAuth
from gongjian.work.whistles import services
from gongjian.work.whistles.api.asked import CommentIn, ContactIn, DispatchIn, TriageIn, VerificationIn, WordsIn
from gongjian.work.whistles.api.naming import account_of, aware, category_of, place_of, sending_of
from gongjian.work.whistles.api.reading import whole
from gongjian.work.whistles.api.schemas import HappeningOut, WholeWhistleOut
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.reading import get_whistle

REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
router = Router(tags=["whistles"], auth=TokenAuth("whistles:write"))


def _done(request: HttpRequest, pk: int, act: Callable[[Account, Whistle], object]) -> WholeWhistleOut:
    account = account_of(request)
    act(account, get_whistle(account, pk))
    return whole(get_whistle(account, pk))


@router.post("/{int:pk}/triage", response={200: WholeWhistleOut, **REFUSALS})
@idempotent()
def triage_whistle(request: HttpRequest, pk: int, chosen: TriageIn) -> Any:
    """Category, grade and place; later the same corrects them."""

    def act(account: Account, whistle: Whistle) -> object:
        category, place = category_of(chosen.category), place_of(chosen.place)
        return services.triage(account, whistle=whistle, category=category, grade=chosen.grade or "", place=place)

    return _done(request, pk, act)


@router.post("/{int:pk}/dispatch", response={200: WholeWhistleOut, **REFUSALS})
@idempotent()
def dispatch_whistle(request: HttpRequest, pk: int, sent: DispatchIn) -> Any:
    """To a lead organization and its supporters."""

    def act(account: Account, whistle: Whistle) -> object:
        supporters = [sending_of(one, "supporters") for one in sent.supporters]
        return services.dispatch(account, whistle=whistle, lead=sending_of(sent.lead, "lead"), supporters=supporters)

    return _done(request, pk, act)


@router.post("/{int:pk}/verify", response={200: WholeWhistleOut, **REFUSALS})
@idempotent()
def verify_whistle(request: HttpRequest, pk: int, seen: VerificationIn) -> Any:
    """The community looked for itself."""

    def act(account: Account, whistle: Whistle) -> object:
        if not seen.passed:
            return services.refuse(account, whistle=whistle, reason=seen.words)
        return services.verify(account, whistle=whistle, words=seen.words, solved=seen.solved)

    return _done(request, pk, act)


@router.post("/{int:pk}/close", response={200: WholeWhistleOut, **REFUSALS})
@idempotent()
def close_whistle(request: HttpRequest, pk: int, said: WordsIn) -> Any:
    """After the resident's rating, or once the days for it have passed."""
    return _done(request, pk, lambda account, whistle: services.close(account, whistle=whistle, words=said.words))


@router.post("/{int:pk}/contacts", response={201: HappeningOut, **REFUSALS})
@idempotent(status=201)
def log_whistle_contact(request: HttpRequest, pk: int, contact: ContactIn) -> Any:
    """For the contact log. One that reached the resident answers the response clock."""
    account = account_of(request)
    values = contact.dict() | {"at": aware(contact.at)}
    return HappeningOut.from_orm(services.log_contact(account, whistle=get_whistle(account, pk), **values))


@router.post("/{int:pk}/comments", response={201: HappeningOut, **REFUSALS})
@idempotent(status=201)
def comment_on_whistle(request: HttpRequest, pk: int, comment: CommentIn) -> Any:
    """Among staff, or for the resident to read; `@username` tells that account."""
    account, public = account_of(request), comment.audience == "resident"
    said = services.comment(account, whistle=get_whistle(account, pk), words=comment.words, public=public)
    return HappeningOut.from_orm(said)
