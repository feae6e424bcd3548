"""From a proposal to places in shifts."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.notifications.outbox import notify
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Assignment, Enrollment, Roster, RosterPlace
from gongjian.work.volunteering.selectors.roster_case import MOVED, booked_in, shifts_of
from gongjian.work.volunteering.services.rostering import open_roster

State, Origin = Assignment.State, Assignment.Origin


@transaction.atomic
def adopt_roster(actor: Account, *, roster: Roster) -> Roster:
    """Its places become places in shifts; what an earlier roster gave and this one does not is withdrawn. All or nothing.

    Raises Conflict where meanwhile somebody took a place elsewhere or a shift filled up.
    """
    roster = open_roster(actor, roster)
    places = list(roster.places.filter(shift__in=shifts_of(roster)).select_related("volunteer__person"))
    wanted = {(place.volunteer_id, place.shift_id) for place in places}
    given_before = booked_in(roster).filter(origin=Origin.ROSTER)
    gone = [row.pk for row in given_before if (row.volunteer_id, row.shift_id) not in wanted]
    try:
        with transaction.atomic():
            Assignment.objects.filter(pk__in=gone).update(state=State.WITHDRAWN, answer=MOVED)
            _book(actor, roster, places)
    except IntegrityError as error:
        raise Conflict(
            _("方案排好以后，有人排了别的班，或者有的班已经满了。请按“照改动重排”再采用。"), code="overtaken"
        ) from error
    roster.adopt()
    roster.adopted_by, roster.adopted_at = actor, clock.now()
    roster.save(update_fields=["state", "adopted_by", "adopted_at"])
    _tell(roster, places)
    audit.record(actor, "volunteering.adopt_roster", roster.activity, places=len(places), withdrawn=len(gone))
    return roster


def _book(actor: Account, roster: Roster, places: list[RosterPlace]) -> None:
    live = Assignment.objects.filter(shift__in=[place.shift_id for place in places], state__in=Assignment.LIVE)
    known = {(row.volunteer_id, row.shift_id): row for row in live}
    answers = _answers(roster)
    fresh, changed = [], []
    for place in places:
        row = known.get((place.volunteer_id, place.shift_id))
        if row is None:
            fresh.append(_assignment(actor, roster, place, answers.get(place.volunteer_id)))
        elif row.state != State.BOOKED:
            row.state, row.by = State.BOOKED, actor
            changed.append(row)
        elif place.locked and row.origin == Origin.ROSTER and not row.locked:
            row.locked = True
            changed.append(row)
    Assignment.objects.bulk_update(changed, ["state", "by", "locked"])
    Assignment.objects.bulk_create(fresh)


def _assignment(actor: Account, roster: Roster, place: RosterPlace, answer: Enrollment | None) -> Assignment:
    begins = clock.now()  # the database takes the shift's own times
    return Assignment(
        shift_id=place.shift_id,
        volunteer_id=place.volunteer_id,
        organization_id=(answer.organization_id if answer else None) or place.volunteer.person.organization_id,
        team_id=(answer.team_id if answer else None) or roster.activity.team_id,
        state=State.BOOKED,
        origin=Origin.ROSTER,
        locked=place.locked,
        begins=begins,
        ends=begins,
        at=clock.now(),
        by=actor,
    )


def _answers(roster: Roster) -> dict[int, Enrollment]:
    accepted = Enrollment.objects.filter(call__activity=roster.activity_id, state=Enrollment.State.ACCEPTED)
    return {answer.volunteer_id: answer for answer in accepted.order_by("pk")}


def _tell(roster: Roster, places: list[RosterPlace]) -> None:
    """Volunteers with an account, once each."""
    people = {place.volunteer.person_id for place in places}
    accounts = list(Account.objects.filter(person__in=people, is_active=True))
    context = {"activity": str(roster.activity), "first": str(roster.first), "last": str(roster.last)}
    notify(accounts, "volunteering.rostered", context, url=reverse("volunteering:my_record"), key=f"rostered:{roster.pk}")
