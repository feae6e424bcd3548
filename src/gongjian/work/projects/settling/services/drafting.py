"""A settlement while its figures may still change."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization
from gongjian.work.projects.models import Project
from gongjian.work.projects.settling.lease import Amount, check
from gongjian.work.projects.settling.models import Charge, ReliefRule, Settlement


@dataclass(frozen=True)
class Facts:
    """What stands in the lease and on the meters. Money in yuan; days are the last ones of use and of rent paid."""

    tenant: str
    premises: str
    lease_from: date
    lease_to: date
    monthly_rent: Decimal
    paid_until: date
    vacated: date
    deposit: Decimal
    credit_code: str = ""
    area: Decimal | None = None
    relief: ReliefRule | None = None
    relief_from: date | None = None
    utilities: Sequence[Amount] = ()
    others: Sequence[Amount] = ()
    earlier_arrears: Decimal = Decimal(0)
    remitted: bool = False
    route: str = Settlement.Route.VOLUNTARY

    def plain(self) -> dict[str, Any]:
        """Without the charges, which are rows of their own."""
        found = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in ("utilities", "others")}
        cleaned = {name: value.strip() if isinstance(value, str) else value for name, value in found.items()}
        return cleaned | {"relief_from": self.relief_from.replace(day=1) if self.relief and self.relief_from else None}


@transaction.atomic
def draft_settlement(actor: Account, *, project: Project, organization: Organization, facts: Facts) -> Settlement:
    """Raises InvalidMany for what cannot be settled, Conflict for premises that are settled already."""
    settlement = Settlement(office=actor.office, project=project, place=project.place, organization=organization)
    require(actor, "settling.keep", settlement)
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    settlement.number = f"{project.pk}-{project.settlements.count() + 1:03d}"
    settlement.created_by, settlement.created_at = actor, clock.now()
    _write(settlement, facts)
    audit.record(actor, "settling.draft", settlement)
    return settlement


@transaction.atomic
def change_settlement(actor: Account, *, settlement: Settlement, facts: Facts) -> Settlement:
    settlement = held(actor, settlement, Settlement.State.DRAFT)
    settlement.charges.all().delete()
    _write(settlement, facts)
    audit.record(actor, "settling.change", settlement)
    return settlement


def _write(settlement: Settlement, facts: Facts) -> None:
    """Written, then reckoned: whatever is refused takes everything back."""
    if facts.relief and facts.relief_from is None:
        raise Invalid(_("请写从哪个月起减。"), code="relief-from", field="relief_from")
    for name, value in facts.plain().items():
        setattr(settlement, name, value)
    check(settlement.lease_with(facts.utilities, facts.others))
    try:
        with transaction.atomic():
            settlement.save()
    except IntegrityError as error:
        raise Conflict(_("这个项目里，这间门面房已经有结算了。"), code="premises-known", field="premises") from error
    named = ((Charge.Part.UTILITIES, facts.utilities), (Charge.Part.OTHER, facts.others))
    Charge.objects.bulk_create(
        [Charge(settlement=settlement, part=part, name=one.name, amount=one.amount) for part, those in named for one in those]
    )


@transaction.atomic
def cancel_settlement(actor: Account, *, settlement: Settlement, reason: str) -> Settlement:
    """Entered wrongly; once it is signed it stands."""
    settlement = held(actor, settlement, Settlement.State.DRAFT)
    if len(reason.strip()) < 2:
        raise Invalid(_("请写明原因。"), code="reason", field="reason")
    settlement.cancel()
    settlement.cancelled_because = reason.strip()
    settlement.save()
    audit.record(actor, "settling.cancel", settlement)
    return settlement


def held(actor: Account, settlement: Settlement, *states: str) -> Settlement:
    """Locked. Raises Conflict in another state."""
    require(actor, "settling.keep", settlement)
    related = ("project__place", "place", "organization", "relief")
    found = Settlement.objects.select_for_update(of=("self",)).select_related(*related).get(pk=settlement.pk)
    if found.state not in states:
        sentence = _("这份结算现在是“%(state)s”，不能这样办。") % {"state": found.get_state_display()}
        raise Conflict(sentence, code="wrong-state")
    return found
