"""What volunteers would like: which shifts, and whom beside them. The roster weighs it; it binds nobody."""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Invalid
from gongjian.work.volunteering.models import Activity, Companion, Shift, Volunteer, Wish

MOST_COMPANIONS = 10


@transaction.atomic
def set_companions(actor: Any, *, volunteer: Volunteer, numbers: Sequence[str]) -> list[Volunteer]:
    """By their numbers; replaces whom the volunteer named before. Raises Invalid with the number that nobody has."""
    wanted = list(dict.fromkeys(number.strip().upper() for number in numbers if number.strip()))
    if len(wanted) > MOST_COMPANIONS:
        raise Invalid(_("同伴最多写 %(most)d 个。") % {"most": MOST_COMPANIONS}, code="too-many", field="companions")
    found = {one.number: one for one in Volunteer.objects.filter(number__in=wanted, retired_at=None)}
    for number in wanted:
        if number == volunteer.number:
            raise Invalid(_("同伴要写另一个人。"), code="oneself", field="companions")
        if number not in found:
            raise Invalid(_("没有编号 %(number)s 的志愿者。") % {"number": number[:20]}, code="unknown", field="companions")
    volunteer.companions.all().delete()
    Companion.objects.bulk_create([Companion(volunteer=volunteer, companion=found[number]) for number in wanted])
    audit.record(actor, "volunteering.set_companions", volunteer)
    return [found[number] for number in wanted]


@transaction.atomic
def say_wishes(
    actor: Any, *, volunteer: Volunteer, activity: Activity, prefer: Collection[int], avoid: Collection[int]
) -> None:
    """About the activity's shifts to come; what was said of them before is replaced, what is past stays."""
    ahead = set(Shift.objects.filter(activity=activity, begins__gt=clock.now()).values_list("pk", flat=True))
    Wish.objects.filter(volunteer=volunteer, shift__in=ahead).delete()
    said = {**dict.fromkeys(avoid, Wish.Kind.AVOID), **dict.fromkeys(prefer, Wish.Kind.PREFER)}
    Wish.objects.bulk_create(
        [Wish(volunteer=volunteer, shift_id=pk, kind=kind) for pk, kind in sorted(said.items()) if pk in ahead]
    )
    audit.record(actor, "volunteering.say_wishes", activity, volunteer=volunteer.number)
