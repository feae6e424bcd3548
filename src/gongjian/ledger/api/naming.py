"""From the codes that machines send to the things they name. Each raises Invalid with the field that names nothing."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import may
from gongjian.ledger.api.schemas import SliceQuery
from gongjian.ledger.models import DeedKind, Evidence
from gongjian.ledger.selectors.reach import Reach
from gongjian.ledger.statistics import Slice
from gongjian.registry.models import Organization, Place

Thing = TypeVar("Thing")


def slice_of(wanted: SliceQuery, reach: Reach) -> Slice:
    return Slice(
        organization=wanted.organization,
        kind=wanted.kind,
        category=wanted.category or "",
        place=place_of(wanted.place) if wanted.place else None,
        since=wanted.since,
        until=wanted.until,
        level=wanted.level,
        reach=reach,
    )


def kind_of(code: str) -> DeedKind:
    return _named(DeedKind.objects.filter(pk=code).first(), "kind", code)


def place_of(code: str) -> Place:
    return _named(Place.objects.filter(code=code).first(), "place", code)


def organization_of(pk: int | None, *, field: str = "organization") -> Organization | None:
    return None if pk is None else _named(Organization.objects.filter(pk=pk).first(), field, pk)


def evidence_of(account: Any, digests: Sequence[str]) -> list[Evidence]:
    """Only files that the account may look at itself."""
    found = {item.sha256: item for item in Evidence.objects.filter(sha256__in=digests)}
    seen = {digest: item for digest, item in found.items() if may(account, "ledger.view_evidence", item)}
    return [_named(seen.get(digest), "evidence", digest) for digest in digests]


def _named(thing: Thing | None, field: str, code: object) -> Thing:
    if thing is None:
        raise Invalid(_("没有“%(code)s”。") % {"code": code}, code="unknown", field=field)
    return thing
