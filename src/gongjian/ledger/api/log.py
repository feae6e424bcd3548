"""Sums, proofs and seals."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from gongjian.kernel.errors import Invalid
from gongjian.kernel.rest import Paged, Paging, Problem, paged
from gongjian.ledger.api.naming import slice_of
from gongjian.ledger.api.schemas import GroupOut, ProofOut, SealOut, StatisticsQuery
from gongjian.ledger.models import Seal
from gongjian.ledger.sealing.proofs import get_seal, proof_of
from gongjian.ledger.selectors import get_deed, reach_of
from gongjian.ledger.statistics import DIMENSIONS, totals_by
from gongjian.registry.tokens import TokenAuth

REFUSALS = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
MOST_DIMENSIONS = 3
router = Router(tags=["ledger"], auth=TokenAuth("ledger:read"))


@router.get("/statistics", response={200: list[GroupOut], **REFUSALS})
def statistics(request: HttpRequest, wanted: Query[StatisticsQuery]) -> object:
    """Deeds that stand and their quantities, by up to three dimensions, largest group first."""
    dimensions = [name.strip() for name in wanted.by.split(",")]
    if not set(dimensions) <= set(DIMENSIONS) or not 1 <= len(dimensions) <= MOST_DIMENSIONS:
        raise Invalid(_("by 写一到三个：%(names)s") % {"names": ", ".join(DIMENSIONS)}, code="dimension", field="by")
    groups = totals_by(slice_of(wanted, reach_of(request.user)), list(dict.fromkeys([*dimensions, "unit"])))
    return [_group(group, dimensions) for group in groups]


def _group(group: dict[str, Any], dimensions: list[str]) -> GroupOut:
    values = {name: group[name].isoformat() if name == "month" else group[name] for name in dimensions}
    return GroupOut(group=values, unit=group["unit"], deeds=group["deeds"], quantity=str(group["quantity"]))


@router.get("/deeds/{uuid:pk}/proof", response={200: ProofOut, **REFUSALS})
def deed_proof(request: HttpRequest, pk: UUID) -> object:
    """Against the latest seal; 404 while the deed waits to be sealed."""
    return proof_of(get_deed(request.user, pk))


@router.get("/seals", response={200: Paged[SealOut], **REFUSALS})
def list_seals(request: HttpRequest, paging: Query[Paging]) -> object:
    """The latest first."""
    return paged(Seal.objects.all(), paging, order=["-size"])


@router.get("/seals/{int:size}", response={200: SealOut, **REFUSALS})
def get_one_seal(request: HttpRequest, size: int) -> object:
    return get_seal(size)
