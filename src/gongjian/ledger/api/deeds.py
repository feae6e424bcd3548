"""Deeds: finding them, recording them, standing behind them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router

from gongjian.kernel.errors import Invalid
from gongjian.kernel.rest import Paged, Paging, Problem, idempotent, paged
from gongjian.ledger import services
from gongjian.ledger.api.naming import evidence_of, kind_of, organization_of, place_of, slice_of
from gongjian.ledger.api.schemas import ConfirmationIn, ConfirmationOut, DeedIn, DeedOut, DeedQuery, KindOut
from gongjian.ledger.models import DeedKind
from gongjian.ledger.selectors import NEWEST_FIRST, get_deed, reach_of
from gongjian.ledger.selectors.explorer import Wanted, find_deeds
from gongjian.registry.tokens import TokenAuth

REFUSALS = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
WRITE_REFUSALS = {**REFUSALS, 409: Problem}
router = Router(tags=["ledger"], auth=TokenAuth("ledger:read"))


@router.get("/kinds", response={200: list[KindOut], **REFUSALS})
def list_kinds(request: HttpRequest) -> object:
    """The catalogue of kinds of deeds, in its order."""
    return DeedKind.objects.all()


@router.get("/deeds", response={200: Paged[DeedOut], **REFUSALS})
def list_deeds(request: HttpRequest, wanted: Query[DeedQuery], paging: Query[Paging]) -> object:
    """Those that the account may see, the latest first, reversed ones and reversals among them."""
    found = find_deeds(request.user, Wanted(slice_of(wanted, reach_of(request.user)), wanted.late, wanted.words.strip()))
    return paged(found, paging, order=NEWEST_FIRST)


@router.get("/deeds/{uuid:pk}", response={200: DeedOut, **REFUSALS})
def get_one_deed(request: HttpRequest, pk: UUID) -> object:
    return get_deed(request.user, pk)


@router.post("/deeds", response={201: DeedOut, **WRITE_REFUSALS}, auth=TokenAuth("ledger:write"))
@idempotent(status=201)
def record_deed(request: HttpRequest, deed: DeedIn) -> Any:
    """Append a declared deed. Send an Idempotency-Key: the same deed sent twice is then one."""
    values = deed.dict()
    values |= {
        "kind": kind_of(deed.kind),
        "place": place_of(deed.place),
        "organization": organization_of(deed.organization),
        "team": organization_of(deed.team, field="team"),
        "evidence": evidence_of(request.user, deed.evidence),
    }
    recorded = services.record_deed(request.user, **values)  # type: ignore[arg-type]
    return DeedOut.from_orm(get_deed(request.user, recorded.pk))


@router.post(
    "/deeds/{uuid:pk}/confirmations", response={201: ConfirmationOut, **WRITE_REFUSALS}, auth=TokenAuth("ledger:write")
)
@idempotent(status=201)
def confirm_deed(request: HttpRequest, pk: UUID, confirmation: ConfirmationIn) -> Any:
    """Raise a deed's level. Who recorded it cannot confirm it."""
    if confirmation.level == 0:
        raise Invalid("level is 1 or 2", code="level", field="level")
    values = confirmation.dict() | {"evidence": evidence_of(request.user, confirmation.evidence)}
    made = services.confirm_deed(request.user, deed=get_deed(request.user, pk), **values)  # type: ignore[arg-type]
    return ConfirmationOut.from_orm(made)
