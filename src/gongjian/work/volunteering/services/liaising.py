"""A unit's liaison answers a call for the unit's people, who said that they want to come."""

from django.db import transaction

from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization
from gongjian.work.volunteering.models import Assignment, Call, Enrollment, Shift, Volunteer
from gongjian.work.volunteering.services.calls import answer_call
from gongjian.work.volunteering.services.places import sign_up
from gongjian.work.volunteering.services.registering import Introduction, take_in_volunteer


@transaction.atomic
def send_person(
    actor: Account, *, call: Call, unit: Organization, who: Volunteer | Introduction, shift: Shift | None = None
) -> Enrollment:
    """`who`: a volunteer that is known, or somebody new. Somebody who answered before keeps the answer.

    Raises what answering oneself raises, also for a minor without guardian.
    """
    require(actor, "volunteering.send_people", unit)
    volunteer = who if isinstance(who, Volunteer) else take_in_volunteer(actor, office=call.office, introduction=who)
    enrollment = answer_call(actor, call=call, volunteer=volunteer, organization=unit)
    if shift is not None and enrollment.state == Enrollment.State.ACCEPTED:
        sign_up(actor, shift=shift, volunteer=volunteer, origin=Assignment.Origin.LIAISON, organization=unit)
    return enrollment
