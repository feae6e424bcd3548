"""Finding whistles, and the catalogue of what they can be about."""

from typing import Any

from django.http import HttpRequest
from ninja import Query

from gongjian.kernel import audit
from gongjian.kernel.permissions import may, require
from gongjian.kernel.rest import Paged, Paging, Problem, paged
from gongjian.registry.models import Account
from gongjian.work.whistles.api.asked import WhistleQuery
from gongjian.work.whistles.api.naming import account_of
from gongjian.work.whistles.api.routes import router
from gongjian.work.whistles.api.schemas import CategoryOut, ReporterOut, WhistleOut, WholeWhistleOut
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.machines import NEWEST_FIRST, find_whistles
from gongjian.work.whistles.selectors.policies import categories
from gongjian.work.whistles.selectors.reading import get_whistle

REFUSALS = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


@router.get("/categories", response={200: list[CategoryOut], **REFUSALS})
def list_categories(request: HttpRequest) -> object:
    """The dispatch catalogue, as far as it is in use."""
    return categories()


@router.get("", response={200: Paged[WhistleOut], **REFUSALS})
def list_whistles(request: HttpRequest, wanted: Query[WhistleQuery], paging: Query[Paging]) -> object:
    """Those that the account may see, the latest first: the office all, a community its own, a unit what it was sent."""
    account = account_of(request)
    require(account, "whistles.board")
    return paged(find_whistles(account, wanted.dict()), paging, order=NEWEST_FIRST)


@router.get("/{int:pk}", response={200: WholeWhistleOut, **REFUSALS})
def get_one_whistle(request: HttpRequest, pk: int) -> object:
    account = account_of(request)
    require(account, "whistles.board")
    whistle = get_whistle(account, pk)
    told = whole(whistle)
    if may(account, "whistles.see_reporter", whistle):
        told.reporter = _reporter(account, whistle)
    return told


def whole(whistle: Whistle) -> WholeWhistleOut:
    """Without the reporter: answers to a POST are remembered for its repetition, in clear."""
    return WholeWhistleOut.from_orm(_Whole(whistle))


def _reporter(account: Account, whistle: Whistle) -> ReporterOut:
    named = {name: getattr(whistle, f"reporter_{name}") or "" for name in ("name", "phone", "email")}
    if any(named.values()):
        audit.record(account, "whistles.see_reporter", whistle)
    return ReporterOut(**named)


class _Whole:
    """A whistle whose related managers read as lists."""

    def __init__(self, whistle: Whistle) -> None:
        self._whistle = whistle
        new = whistle.just_happened
        self.dispatches = [] if new else list(whistle.dispatches.select_related("organization"))
        self.happenings = new or list(whistle.happenings.all())
        self.reporter = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whistle, name)
