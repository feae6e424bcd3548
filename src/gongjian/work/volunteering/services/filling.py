"""Many places at once: a roster that was made elsewhere becomes assignments, all of them or none."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Activity, Assignment, Enrollment, Shift, Volunteer
from gongjian.work.volunteering.services import checks


@transaction.atomic
def fill_places(
    actor: Account,
    *,
    activity: Activity,
    plan: Iterable[tuple[Shift, Volunteer]],
    origin: str = Assignment.Origin.ROSTER,
) -> list[Assignment]:
    """Whoever is booked already stays. Raises Conflict where a shift would be overbooked or somebody be in two places."""
    require(actor, "volunteering.organize", activity)
    checks.check_activity_open(activity)
    units = _units(activity)
    booked = Assignment.objects.filter(shift__activity=activity, state=Assignment.State.BOOKED)
    there = set(booked.values_list("shift", "volunteer"))
    rows = [
        Assignment(
            shift=shift,
            volunteer=volunteer,
            organization_id=units.get(volunteer.pk, volunteer.person.organization_id),
            team_id=activity.team_id,
            state=Assignment.State.BOOKED,
            origin=origin,
            begins=shift.begins,
            ends=shift.ends,
            at=clock.now(),
            by=actor,
        )
        for shift, volunteer in sorted(plan, key=lambda pair: pair[0].pk)
        if (shift.pk, volunteer.pk) not in there
    ]
    try:
        with transaction.atomic():
            Assignment.objects.bulk_create(rows)
    except IntegrityError as error:
        raise _refusal(error) from error
    audit.record(actor, "volunteering.fill_places", activity, places=len(rows))
    return rows


def _units(activity: Activity) -> dict[int, int | None]:
    """For which organization everybody answered the call."""
    answers = Enrollment.objects.filter(call__activity=activity, state=Enrollment.State.ACCEPTED)
    return dict(answers.values_list("volunteer", "organization"))


def _refusal(error: IntegrityError) -> Conflict:
    if "shift_never_overbooked" in str(error):
        return Conflict(_("有的班次人数超过了名额，一个也没有排。请刷新后再排。"), code="full")
    if "assignment_one_place_at_a_time" in str(error):
        return Conflict(_("有人会同时在两处，一个也没有排。请刷新后再排。"), code="elsewhere")
    return Conflict(_("有人已经在这一班的候补里，一个也没有排。请先处理候补。"), code="queued")
