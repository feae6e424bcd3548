"""The deeds that the room leaves: of accepted claims, signed agreements, rooms handed over."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.ledger.models import Deed, DeedKind, Evidence, Level
from gongjian.ledger.services import DeedSource, confirm_deed, record_deed
from gongjian.registry.models import Account
from gongjian.work.cobuilding.kinds import DEEDS, Kind
from gongjian.work.cobuilding.models import Agreement, AgreementRoom, Claim, ClaimStep

ROOM = "cobuilding"
GAVE = {
    Kind.SPACE: "提供场地",
    Kind.PEOPLE: "派出人手",
    Kind.GOODS: "提供物资",
    Kind.FUNDS: "提供资金",
    Kind.VEHICLE: "出车",
    Kind.SERVICE: "上门服务",
}
"""What goes into the ledger is Chinese, whatever language is read just now."""


def record(acceptor: Account, claim: Claim) -> Deed:
    """Declared by whoever reported it for the organization, and confirmed by the acceptance: two persons stand behind it.

    Where nobody reported, or may no longer record, the acceptor declares it and somebody else may confirm it later.
    """
    reporter = claim.reported_by
    declared = reporter is not None and reporter.pk != acceptor.pk and may(reporter, "ledger.record_deed", claim)
    deed = record_deed(
        reporter if declared and reporter else acceptor,
        kind=DeedKind.objects.get(code=DEEDS[claim.kind, claim.unit]),
        place=claim.place,
        organization=claim.organization,
        beneficiary=str(claim.place),
        statement=f"应{claim.place}所需，{GAVE[Kind(claim.kind)]}{{数}}：{claim.title}",
        quantity=claim.delivered,
        occurred_from=_began(claim),
        occurred_to=clock.today(),
        evidence=list(Evidence.objects.filter(pk__in=claim.evidence_links.values("evidence"))),
        source=DeedSource(ROOM, f"claim:{claim.pk}"),
    )
    if declared:
        confirm_deed(acceptor, deed=deed, level=Level.COMMUNITY, on_behalf_of=str(claim.place))
    return deed


def deed_of(claim: Claim) -> Deed | None:
    return Deed.objects.filter(source_room=ROOM, source_key=f"claim:{claim.pk}").first()


def _began(claim: Claim) -> date:
    """When the organization was first at it; without a beginning, the day of acceptance."""
    started = claim.steps.filter(kind=ClaimStep.Kind.STARTED).order_by("at").first()
    return timezone.localtime(started.at).date() if started else clock.today()


def record_signing(actor: Account, agreement: Agreement, copies: Sequence[Evidence]) -> Deed:
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code="agreement"),
        place=agreement.place,
        organization=agreement.organization,
        beneficiary=str(agreement.place),
        statement=f"{{日}}与{agreement.place}签订共驻共建协议{{数}}",
        quantity=Decimal(1),
        occurred_from=agreement.signed_on or clock.today(),
        evidence=copies,
        source=DeedSource(ROOM, f"agreement:{agreement.pk}"),
    )


def record_room(actor: Account, agreement: Agreement, room: AgreementRoom, evidence: Sequence[Evidence]) -> Deed | None:
    """None where the ledger has the same floor space of the same giver at the same place already: it is not given twice."""
    same = {"kind": "space-area", "organization": agreement.organization, "place": room.place, "quantity": room.area}
    if Deed.objects.filter(**same, reverses__isnull=True, reversed_by__isnull=True).exists():
        return None
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code="space-area"),
        place=room.place,
        organization=agreement.organization,
        beneficiary=str(agreement.place),
        statement=f"{room.place}内{{数}}{room.name}与社区共建，用作{room.purpose}",
        quantity=room.area,
        occurred_from=room.handed_over_on or clock.today(),
        evidence=evidence,
        source=DeedSource(ROOM, f"room:{room.pk}"),
    )
