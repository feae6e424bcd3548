"""What volunteers with an account, and organizers, are told. Those without an account see it on the page of their link."""

from collections.abc import Iterable

from django.urls import reverse

from gongjian.kernel.notifications.outbox import notify
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Assignment, Call, Shift, Volunteer
from gongjian.work.volunteering.services import checks


def _accounts(volunteers: Iterable[Volunteer]) -> list[Account]:
    people = [volunteer.person_id for volunteer in volunteers]
    return list(Account.objects.filter(person__in=people, is_active=True))


def _tell(volunteers: Iterable[Volunteer], kind: str, shift: Shift, key: str) -> None:
    context = {"activity": str(shift.activity), "when": checks.spoken(shift), "post": str(shift.post or shift.activity.place)}
    notify(_accounts(volunteers), kind, context, url=reverse("volunteering:mine"), key=f"{kind}:{key}")


def tell_cancelled(shift: Shift, volunteers: Iterable[Volunteer]) -> None:
    _tell(volunteers, "volunteering.cancelled", shift, str(shift.pk))


def tell_moved_up(assignment: Assignment) -> None:
    _tell([assignment.volunteer], "volunteering.moved_up", assignment.shift, str(assignment.pk))


def tell_decided(assignment: Assignment) -> None:
    kind = "volunteering.booked" if assignment.state == Assignment.State.BOOKED else "volunteering.declined"
    _tell([assignment.volunteer], kind, assignment.shift, str(assignment.pk))


def tell_soon(assignment: Assignment) -> None:
    _tell([assignment.volunteer], "volunteering.soon", assignment.shift, str(assignment.pk))


def tell_called(call: Call) -> None:
    """The unit whose people are called."""
    if call.organization is not None:
        url = reverse("volunteering:call", args=[call.token])
        notify([call.organization], "volunteering.called", {"title": call.title}, url=url, key=f"called:{call.pk}")
