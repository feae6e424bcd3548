"""The end of an inspection: a deed for each unit that took part, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import ngettext

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account
from gongjian.work.inspections.models import Inspection, Item, Kind, Party
from gongjian.work.inspections.services.checks import held_inspection, moving

CALLED = {
    Kind.WATER: "水",
    Kind.ELECTRICITY: "电",
    Kind.GAS: "气",
    Kind.FIRE: "消防",
    Kind.STRUCTURE: "房屋结构",
    Kind.SPECIAL: "特种设备",
}
"""What goes into the ledger is Chinese, whatever language is read just now."""


@dataclass(frozen=True)
class Told:
    """How it stands in the ledger, where otherwise than by itself."""

    statement: str = ""
    precision: str = Deed.Precision.DAY
    evidence: Sequence[Evidence] = ()


@transaction.atomic
def close_inspection(actor: Account, *, inspection: Inspection, told: Told | None = None) -> list[Deed]:
    """Raises Conflict while items are unanswered."""
    require(actor, "inspections.close", inspection)
    inspection = held_inspection(inspection)
    _check_answered(inspection)
    with moving(inspection):
        inspection.close()
    inspection.closed_at, inspection.closed_by = clock.now(), actor
    inspection.save()
    audit.record(actor, "inspections.close", inspection)
    parties = list(inspection.parties.select_related("organization", "inspection__place").order_by("pk"))
    told = told or Told()
    facts = {"statement": told.statement.strip() or _told(inspection), **_dates(inspection, told.precision)}
    return [_record(actor, party, joint=len(parties) > 1, evidence=told.evidence, **facts) for party in parties]


def _check_answered(inspection: Inspection) -> None:
    open_items = Item.objects.filter(checklist__in=inspection.checklists.all())
    left = open_items.exclude(pk__in=inspection.answers.values("item")).count()
    if left:
        sentence = ngettext("还有 %(n)d 项没看，看完再收尾。", "还有 %(n)d 项没看，看完再收尾。", left) % {"n": left}
        raise Conflict(sentence, code="unanswered")


def _told(inspection: Inspection) -> str:
    kinds = [CALLED[Kind(one.kind)] for one in inspection.checklists.all()]
    where = inspection.organization.called if inspection.organization else inspection.spot or str(inspection.place)
    return f"对{where}做{'、'.join(sorted(kinds, key=list(CALLED.values()).index))}安全检查"


def _dates(inspection: Inspection, precision: str) -> dict[str, Any]:
    day = min(inspection.planned_for, clock.today())
    first = day.replace(month=1, day=1) if precision == Deed.Precision.YEAR else day
    return {"occurred_from": first, "occurred_to": day, "precision": precision}


def _record(actor: Account, party: Party, *, joint: bool, **facts: Any) -> Deed:
    """Several together are a joint inspection; one alone is counted."""
    place = party.inspection.place
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code="joint-inspection" if joint else "inspection-count"),
        place=place,
        organization=party.organization,
        beneficiary=str(place),
        quantity=None if joint else Decimal(1),
        source=DeedSource("inspections", f"inspection:{party.inspection_id}:{party.organization_id}"),
        **facts,
    )
