"""Recording a deed, once, where it happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.quantities import Approximation
from gongjian.ledger.checks import check_beneficiary, check_dates, check_quantity, check_statement
from gongjian.ledger.models import Deed, DeedEvidence, DeedKind, Evidence
from gongjian.ledger.telling import place_figures
from gongjian.registry.models import Account, Organization, Person, Place

CENTS = Decimal("0.01")
"""As quantities are stored; the seal covers them to the letter."""


@dataclass(frozen=True)
class DeedSource:
    """The work item that produced a deed, e.g. `DeedSource("whistles", "1187:lead")`. One source yields one deed, ever."""

    room: str
    key: str


@transaction.atomic
def record_deed(
    actor: Account,
    *,
    kind: DeedKind,
    place: Place,
    statement: str,
    occurred_from: date,
    occurred_to: date | None = None,
    precision: str = Deed.Precision.DAY,
    organization: Organization | None = None,
    team: Organization | None = None,
    person: Person | None = None,
    beneficiary: str = "",
    quantity: Decimal | None = None,
    approximation: str = Approximation.EXACT,
    public: bool = True,
    evidence: Sequence[Evidence] = (),
    source: DeedSource | None = None,
) -> Deed:
    """Append a declared deed. With a `source` that already yielded one, that deed is returned and nothing is added.

    Raises NotAllowed, or Invalid for impossible dates, quantities, or a deed of nobody.
    """
    deed = Deed(office=actor.office, recorded_by=actor, recorded_at=clock.now(), kind=kind, place=place, public=public)
    deed.organization, deed.team, deed.person = organization, team, person
    deed.occurred_from, deed.occurred_to, deed.precision = occurred_from, occurred_to or occurred_from, precision
    deed.statement, deed.beneficiary = statement, beneficiary
    _check(deed, quantity)
    _measure(deed, quantity, approximation)
    deed.evidence_digests = sorted({item.sha256 for item in evidence})
    deed.source_room, deed.source_key = (source.room, source.key) if source else ("", "")
    deed.statement, deed.beneficiary = place_figures(statement.strip(), deed), beneficiary.strip()
    require(actor, "ledger.record_deed", deed)
    return _append_once(actor, deed, evidence)


def _check(deed: Deed, quantity: Decimal | None) -> None:
    if deed.organization is None and deed.team is None and deed.person is None:
        raise Invalid(_("请写明是哪个单位、队伍或个人做的。"), code="doer-missing", field="organization")
    check_dates(deed.occurred_from, deed.occurred_to)
    check_quantity(deed.kind, quantity)
    check_statement(deed.statement)
    check_beneficiary(deed.beneficiary)


def _measure(deed: Deed, quantity: Decimal | None, approximation: str) -> None:
    if quantity is not None:
        deed.quantity, deed.unit, deed.approximation = quantity.quantize(CENTS), deed.kind.unit, approximation


def _append_once(actor: Account, deed: Deed, evidence: Sequence[Evidence]) -> Deed:
    """A second deed of the same source waits for the first to commit, then finds it."""
    if deed.source_key:
        Deed.objects.bulk_create([deed], ignore_conflicts=True)
        found = Deed.objects.get(office=actor.office, source_room=deed.source_room, source_key=deed.source_key)
        if found.pk != deed.pk:
            return found
    else:
        deed.save(force_insert=True)
    _attach(deed, evidence)
    audit.record(actor, "ledger.record_deed", deed)
    return deed


def _attach(deed: Deed, evidence: Sequence[Evidence]) -> None:
    DeedEvidence.objects.bulk_create(
        [DeedEvidence(deed=deed, evidence=item) for item in {item.pk: item for item in evidence}.values()]
    )
