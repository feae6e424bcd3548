"""What somebody shows to be there: the changing code, or the printed code's PIN."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.permissions import require
from gongjian.kernel.rates import spend
from gongjian.registry.models import Account
from gongjian.work.volunteering import codes
from gongjian.work.volunteering.models import Means, Shift

GRACE = timedelta(hours=24)
"""How long a device without network may keep a check-in before it counts no more."""
PIN_TRIES, PIN_WINDOW = 6, timedelta(minutes=10)


@dataclass(frozen=True)
class Proof:
    """`happened_at`: when the device saw it, None for now. `slip`: the device's own number for it, so that it counts once."""

    code: str = ""
    pin: str = ""
    happened_at: datetime | None = None
    slip: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None

    @property
    def means(self) -> str:
        return Means.CODE if self.code else Means.PIN

    def moment(self) -> datetime:
        """Never in the future, whatever the device's clock says."""
        return min(self.happened_at or clock.now(), clock.now())


def check_proof(proof: Proof, shift: Shift) -> None:
    """Raises Invalid for a code that was not on the screen then, a wrong PIN, or what was kept longer than the grace."""
    if clock.now() - proof.moment() > GRACE:
        raise Invalid(
            _("这次签到在手机里存了超过 24 小时，系统不再自动认定。请让组织方补录，另一个人确认后照样计入。"), code="too-late"
        )
    if proof.code:
        _check_code(proof, shift)
    else:
        _check_pin(proof.pin, shift)


def _check_code(proof: Proof, shift: Shift) -> None:
    if not codes.is_good(shift.secret, proof.code, proof.moment()):
        raise Invalid(_("这个码已经过期，或者不是这一班的。码每 30 秒换一次，请对着组织方手机上的新码再扫。"), code="code")


def spend_try(who: int | str) -> None:
    """`who`: a volunteer's key, or the address of a phone that nobody knows yet; a gate's phones may share one.

    Before a PIN is looked at, outside the transaction that a wrong one rolls back. Raises TooMany.
    """
    most = PIN_TRIES if isinstance(who, int) else PIN_TRIES * 10
    spend(f"volunteering.pin:{who}", most=most, within=PIN_WINDOW)


def _check_pin(pin: str, shift: Shift) -> None:
    if not shift.pin or not secrets.compare_digest(shift.pin.encode(), pin.strip().encode()):
        raise Invalid(_("口令不对。请问现场的组织方，口令只对这一班有效。"), code="pin", field="pin")


@transaction.atomic
def give_pin(actor: Account, *, shift: Shift) -> str:
    """The PIN that goes with the printed code, made when first asked for; one for each shift."""
    require(actor, "volunteering.check_in", shift.activity)
    shift = Shift.objects.select_for_update(of=("self",)).select_related("activity").get(pk=shift.pk)
    if not shift.pin:
        shift.pin = f"{secrets.randbelow(1_000_000):06d}"
        shift.save(update_fields=["pin"])
        audit.record(actor, "volunteering.give_pin", shift)
    return shift.pin
