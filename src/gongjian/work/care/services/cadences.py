"""How often: what an office decides, and every open pairing's clock after it."""

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.care.models import Cadence, Pairing
from gongjian.work.care.selectors.cadences import cadences
from gongjian.work.care.services.clocks import set_clock

Decided = dict[str, tuple[int, int | None]]
"""Days, and hours after a major change or None, by risk."""


@transaction.atomic
def set_cadences(actor: Account, *, decided: Decided) -> None:
    """Raises Invalid for days or hours out of bounds."""
    require(actor, "care.configure")
    for risk, (days, hours) in decided.items():
        if not 1 <= days <= 366:
            raise Invalid(_("天数应在 1 到 366 之间。"), code="days", field=f"{risk}_days")
        values = {"days": days, "hours_after_change": hours}
        cadence, _created = Cadence.objects.update_or_create(office=actor.office, risk=risk, defaults=values)
        audit.record(actor, "care.set_cadence", cadence)
    known = cadences()
    for pairing in Pairing.objects.filter(state=Pairing.State.ACTIVE).select_for_update(of=("self",)):
        set_clock(pairing, known)
        pairing.save(update_fields=["due_at"])
