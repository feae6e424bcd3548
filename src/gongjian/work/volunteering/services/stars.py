"""The office's star table."""

from collections.abc import Sequence
from itertools import pairwise

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import InvalidMany
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Star


@transaction.atomic
def set_stars(actor: Account, *, table: Sequence[tuple[int, int]]) -> list[Star]:
    """(hours, percent of good ratings) for one star, two stars and so on; hours rise. Raises InvalidMany by field."""
    require(actor, "volunteering.set_stars")
    wrong = {
        f"hours_{number}": _("%(n)d 星的时长要多于前一星。") % {"n": number}
        for number, (lower, higher) in enumerate(pairwise(table), start=2)
        if higher[0] <= lower[0]
    }
    if wrong:
        raise InvalidMany(wrong)
    Star.objects.all().delete()
    rows = [
        Star(office=actor.office, stars=n, hours=hours, good_percent=good) for n, (hours, good) in enumerate(table, start=1)
    ]
    audit.record(actor, "volunteering.set_stars", actor.office, hours=[row.hours for row in rows])
    return Star.objects.bulk_create(rows)
