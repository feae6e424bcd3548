"""Published ratings: schemes, rounds, results line by line, and who holds stars."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from gongjian.kernel.errors import Missing
from gongjian.kernel.rest import Paged, Paging, Problem, paged
from gongjian.registry.tokens import TokenAuth
from gongjian.work.ratings.models import Round, Standing
from gongjian.work.ratings.selectors.public import held, published
from gongjian.work.ratings.selectors.rounds import Row, get_round, table

REFUSALS = {401: Problem, 403: Problem, 422: Problem}
router = Router(tags=["ratings"], auth=TokenAuth("ratings:read"))


class RatingRoundOut(Schema):
    """`is_example`: the indicators are invented."""

    pk: int
    title: str
    scheme: str
    version: int
    nature: str
    approving_body: str
    basis_number: str
    basis_is_sample: bool
    is_example: bool
    period_from: date
    period_to: date
    published_at: datetime


class RatingLineOut(Schema):
    """`amount`: what the ledger counted, null where a person checked. `points` are below zero where they were deducted."""

    indicator: str
    dimension: str
    kind: str
    amount: Decimal | None
    weight: Decimal
    points: Decimal
    full: Decimal
    vetoed: bool


class RatingResultOut(Schema):
    """`organization` or `place`: its key in the registers."""

    name: str
    organization: int | None
    place: str | None
    stars: int
    rank: int | None
    total: Decimal
    vetoed: bool
    held_back: int
    lines: list[RatingLineOut]


class RatingRoundDetail(RatingRoundOut):
    results: list[RatingResultOut]


class StandingOut(Schema):
    name: str
    organization: int | None
    place: str | None
    scheme: str
    stars: int
    since: date


@router.get("/rounds", response={200: Paged[RatingRoundOut], **REFUSALS})
def list_rating_rounds(request: HttpRequest, paging: Query[Paging]) -> object:
    """Published rounds, newest first."""
    page = paged(published(), paging, order=("-published_at", "-pk"))
    return page | {"items": [_round(one) for one in page["items"]]}


@router.get("/rounds/{int:pk}", response={200: RatingRoundDetail, 404: Problem, **REFUSALS})
def get_rating_round(request: HttpRequest, pk: int) -> object:
    """A published round with every result, line by line."""
    rated = get_round(pk)
    if rated.state != Round.State.PUBLISHED:
        raise Missing(_("没有这一轮评定，或者还没有公布。"))
    return _round(rated) | {"results": [_result(row) for row in table(rated)]}


@router.get("/standings", response={200: list[StandingOut], **REFUSALS})
def list_standings(request: HttpRequest) -> object:
    """Who holds stars now, scheme by scheme, most first."""
    return [_standing(standing) for one in held() for standing in one.standings]


def _round(rated: Round) -> dict[str, Any]:
    names = ("nature", "approving_body", "basis_number", "basis_is_sample", "is_example")
    told = {name: getattr(rated.scheme, name) for name in names}
    own = {name: getattr(rated, name) for name in ("pk", "title", "period_from", "period_to", "published_at")}
    return {**own, **told, "scheme": rated.scheme.title, "version": rated.version.number}


def _result(row: Row) -> dict[str, Any]:
    rank = row.sheet.rank
    return {
        "name": str(row.candidate),
        "organization": row.candidate.organization_id,
        "place": row.candidate.place.code if row.candidate.place else None,
        "stars": rank.stars,
        "rank": rank.place,
        "total": row.sheet.score.total,
        "vetoed": rank.vetoed,
        "held_back": rank.held_back,
        "lines": [
            {
                "indicator": line.name,
                "dimension": dimension.name,
                **{name: getattr(line, name) for name in ("kind", "amount", "weight", "points", "full", "vetoed")},
            }
            for dimension in row.sheet.score.dimensions
            for line in dimension.lines
        ],
    }


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        "name": str(standing.subject),
        "organization": standing.organization_id,
        "place": standing.place.code if standing.place else None,
        "scheme": standing.scheme.title,
        "stars": standing.stars,
        "since": standing.since,
    }
