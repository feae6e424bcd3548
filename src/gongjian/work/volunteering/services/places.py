"""Places in shifts: signing up, waiting, being approved, withdrawing, passing on. The database refuses one too many."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Organization
from gongjian.work.volunteering.models import Assignment, Shift, SwapOffer, Volunteer
from gongjian.work.volunteering.services import checks
from gongjian.work.volunteering.services.telling import tell_decided, tell_moved_up

State, Origin = Assignment.State, Assignment.Origin


@transaction.atomic
def sign_up(
    actor: Any,
    *,
    shift: Shift,
    volunteer: Volunteer,
    origin: str = Origin.SIGN_UP,
    organization: Organization | None = None,
    team: Organization | None = None,
) -> Assignment:
    """A place, or a place in the queue when all are taken; asked for where the activity wants approval.

    Signing up twice gives the first one's answer. Raises Conflict where the volunteer stands elsewhere then.
    """
    known = Assignment.objects.filter(shift=shift, volunteer=volunteer, state__in=Assignment.LIVE).first()
    if known is not None:
        return known
    check_may_take(volunteer, shift)
    state = State.ASKED if shift.activity.needs_approval else State.BOOKED
    assignment = Assignment(shift=shift, volunteer=volunteer, state=state, origin=origin, at=clock.now(), by=_signed_in(actor))
    assignment.organization, assignment.team = organization or volunteer.person.organization, team
    assignment = _take(assignment)
    audit.record(actor, "volunteering.sign_up", shift, volunteer=volunteer.number, state=assignment.state)
    return assignment


def check_may_take(volunteer: Volunteer, shift: Shift) -> None:
    """All that can be said before the database has its word."""
    checks.check_activity_open(shift.activity)
    checks.check_shift_ahead(shift)
    checks.check_volunteer_fits(volunteer, shift.activity)
    checks.check_elsewhere(volunteer, shift)
    checks.check_rest(volunteer, shift)
    checks.check_skills_left(volunteer, shift)


@transaction.atomic
def assign(
    actor: Account, *, shift: Shift, volunteers: Iterable[Volunteer], origin: str = Origin.COORDINATOR, locked: bool = False
) -> list[Assignment]:
    """Places given by the organizer or a roster. Raises Conflict if one does not fit; then nobody is assigned."""
    require(actor, "volunteering.organize", shift.activity)
    checks.check_shift_ahead(shift)
    given = [_give(actor, shift, volunteer, origin, locked) for volunteer in volunteers]
    audit.record(actor, "volunteering.assign", shift, volunteers=[one.volunteer.number for one in given])
    return given


@transaction.atomic
def decide(actor: Account, *, assignment: Assignment, accepted: bool, answer: str = "") -> Assignment:
    """The organizer's yes or no to somebody who asked or waits. Raises Conflict when all places are taken."""
    require(actor, "volunteering.organize", assignment.shift.activity)
    assignment = _lock(assignment)
    if assignment.state not in (State.ASKED, State.WAITING):
        raise Conflict(_("这条报名已经处理过了。"), code="decided")
    assignment.state, assignment.answer, assignment.by = State.BOOKED if accepted else State.DECLINED, answer.strip(), actor
    if not _saved(assignment):
        raise Conflict(_("这一班已经满员；可以先增加名额，再通过。"), code="full")
    tell_decided(assignment)
    audit.record(actor, "volunteering.decide", assignment.shift, volunteer=assignment.volunteer.number, accepted=accepted)
    return assignment


@transaction.atomic
def withdraw(actor: Any, *, assignment: Assignment) -> Assignment:
    """Leaving is easy: no reason is asked. The first in the queue moves up. Raises Conflict once served or withdrawn."""
    assignment = _lock(assignment)
    if assignment.state not in Assignment.LIVE:
        raise Conflict(_("已经退出了，不用再退。"), code="withdrawn")
    if assignment.shift.attendances.filter(volunteer=assignment.volunteer).exclude(state="refused").exists():
        raise Conflict(_("已经签到了，不能退出这一班；要提前走，签退就行。"), code="attended")
    held = assignment.state == State.BOOKED
    assignment.state = State.WITHDRAWN
    assignment.save(update_fields=["state"])
    assignment.offers.filter(taken_at=None, taken_back_at=None).update(taken_back_at=clock.now())
    audit.record(actor, "volunteering.withdraw", assignment.shift, volunteer=assignment.volunteer.number)
    if held:
        move_up(assignment.shift)
    return assignment


@transaction.atomic
def leave_all(actor: Any, *, volunteer: Volunteer) -> None:
    """Every place that lies ahead."""
    ahead = Assignment.objects.filter(volunteer=volunteer, state__in=Assignment.LIVE, begins__gt=clock.now())
    for assignment in ahead.order_by("shift"):
        withdraw(actor, assignment=assignment)


@transaction.atomic
def lock_places(actor: Account, *, shift: Shift, volunteers: Iterable[Volunteer], locked: bool) -> int:
    """What is locked no roster moves."""
    require(actor, "volunteering.organize", shift.activity)
    held = shift.assignments.filter(volunteer__in=volunteers, state=State.BOOKED)
    audit.record(actor, "volunteering.lock_places", shift, locked=locked)
    return int(held.update(locked=locked))


@transaction.atomic
def offer_swap(actor: Any, *, assignment: Assignment, reason: str = "") -> SwapOffer:
    """Pass a place on; until somebody takes it, its holder still comes."""
    if assignment.state != State.BOOKED:
        raise Conflict(_("只有排上的班才能换。"), code="not-booked")
    checks.check_shift_ahead(assignment.shift)
    offer, _created = SwapOffer.objects.get_or_create(
        assignment=assignment, taken_at=None, taken_back_at=None, defaults={"reason": reason.strip(), "at": clock.now()}
    )
    audit.record(actor, "volunteering.offer_swap", assignment.shift, volunteer=assignment.volunteer.number)
    return offer


@transaction.atomic
def take_swap(actor: Any, *, offer: SwapOffer, volunteer: Volunteer) -> Assignment:
    """Raises Conflict if somebody was faster, or the taker does not fit."""
    offer = SwapOffer.objects.select_for_update().get(pk=offer.pk)
    if offer.taken_at or offer.taken_back_at:
        raise Conflict(_("这一班已经有人接了，或者不换了。"), code="taken")
    old = _lock(offer.assignment)
    if old.volunteer_id == volunteer.pk:
        raise Conflict(_("这本来就是您的班。"), code="own")
    if old.shift.assignments.filter(volunteer=volunteer, state=State.BOOKED).exists():
        raise Conflict(_("您本来就在这一班。"), code="own")
    old.state = State.WITHDRAWN
    old.save(update_fields=["state"])
    check_may_take(volunteer, old.shift)
    old.shift.assignments.filter(volunteer=volunteer, state__in=(State.ASKED, State.WAITING)).update(state=State.WITHDRAWN)
    new = Assignment(shift=old.shift, volunteer=volunteer, state=State.BOOKED, origin=Origin.SWAP, at=clock.now())
    new.organization, new.team = volunteer.person.organization, old.team
    new.save()
    offer.taken_by, offer.taken_at = volunteer, clock.now()
    offer.save(update_fields=["taken_by", "taken_at"])
    audit.record(actor, "volunteering.take_swap", old.shift, volunteer=volunteer.number, instead_of=old.volunteer.number)
    return new


def move_up(shift: Shift) -> None:
    """The first of those who wait and still fit."""
    for waiting in shift.assignments.filter(state=State.WAITING).select_related("volunteer__person").order_by("at", "pk"):
        waiting.state = State.BOOKED
        if _saved(waiting):
            tell_moved_up(waiting)
            return


def _take(assignment: Assignment) -> Assignment:
    """A place if one is left, else the queue; nobody waits for a place that they could not take."""
    if not _saved(assignment):
        assignment.state = State.WAITING
        if not _saved(assignment):
            return Assignment.objects.get(shift=assignment.shift, volunteer=assignment.volunteer, state__in=Assignment.LIVE)
    return assignment


def _give(actor: Account, shift: Shift, volunteer: Volunteer, origin: str, locked: bool) -> Assignment:
    checks.check_volunteer_fits(volunteer, shift.activity)
    known = shift.assignments.filter(volunteer=volunteer, state__in=Assignment.LIVE).first()
    assignment = known or Assignment(
        shift=shift, volunteer=volunteer, at=clock.now(), organization=volunteer.person.organization
    )
    assignment.state, assignment.origin, assignment.locked, assignment.by = State.BOOKED, origin, locked, actor
    if not _saved(assignment):
        raise Conflict(_("%(when)s 这一班已经满员。") % {"when": checks.spoken(shift)}, code="full")
    return assignment


def _saved(assignment: Assignment) -> bool:
    """False if the shift is full, or the volunteer already stands in it; raises Conflict for somebody who stands elsewhere."""
    try:
        with transaction.atomic():
            assignment.save()
    except IntegrityError as error:
        if "assignment_one_place_at_a_time" in str(error):
            checks.check_elsewhere(assignment.volunteer, assignment.shift)
            raise Conflict(_("这段时间已经排了别的班，一个人不能同时在两处。"), code="elsewhere") from error
        assignment._state.adding = assignment.pk is None
        return False
    return True


def _lock(assignment: Assignment) -> Assignment:
    rows = Assignment.objects.select_related("shift__activity", "volunteer__person").select_for_update(of=("self",))
    return rows.get(pk=assignment.pk)


def _signed_in(actor: Any) -> Account | None:
    return actor if getattr(actor, "pk", None) else None
