"""Proposals: asked for, solved in the background, changed by hand within the rules, adopted by a person or dropped."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account
from gongjian.work.volunteering import roster as solver
from gongjian.work.volunteering.models import Activity, Roster, RosterBar, RosterPlace, Shift, Volunteer
from gongjian.work.volunteering.selectors.roster_case import before_of, case_of, shifts_of
from gongjian.work.volunteering.telling_rosters import forbidden

State = Roster.State
LONGEST = timedelta(days=92)
MENDING = 4.0
"""Seconds; the person waits for it."""


@transaction.atomic
def propose_roster(
    actor: Account, *, activity: Activity, first: date, last: date, scope: str = Roster.Scope.WHOLE, **rules: Any
) -> Roster:
    """Ask for a roster of these days; a job makes it. `rules` are the hours of `Roster`, and `steady` for the demo.

    Raises Conflict while another proposal of the activity is open, Invalid where no shift lies ahead.
    """
    require(actor, "volunteering.organize", activity)
    if last < first or last - first > LONGEST:
        raise Invalid(_("从哪天到哪天要按先后，最多 92 天。"), code="days", field="last")
    roster = Roster(office=activity.office, activity=activity, first=first, last=last, scope=scope, **rules)
    roster.created_by, roster.created_at = actor, clock.now()
    if not shifts_of(roster).exists():
        raise Invalid(_("这几天没有还没开始的班次。先把班次排出来，再来排人。"), code="no-shifts", field="first")
    try:
        with transaction.atomic():
            roster.save()
    except IntegrityError as error:
        raise Conflict(_("这个活动已有一个方案还没有采用或放弃，先处理它。"), code="open-proposal") from error
    _solve_later(roster)
    audit.record(actor, "volunteering.propose_roster", activity, first=str(first), last=str(last))
    return roster


def _solve_later(roster: Roster) -> None:
    from gongjian.work.volunteering.tasks.rosters import solve_in_background

    solve_in_background.defer(roster_id=roster.pk, office_id=roster.office_id)


def solve_roster(*, roster: Roster) -> Roster:
    """The search itself; nobody waits in a transaction meanwhile. Does nothing for what is not waiting."""
    if not _start(roster):
        return roster
    try:
        case = case_of(roster)
        found = _search(roster, case)
    except Exception:
        _fail(roster)
        raise
    return _finish(roster, case, found)


@transaction.atomic
def put_in(actor: Account, *, roster: Roster, shift: Shift, volunteer: Volunteer) -> RosterPlace:
    """By hand, and therefore fixed. Raises Conflict with the rule that forbids it."""
    roster = open_roster(actor, roster)
    RosterBar.objects.filter(roster=roster, shift=shift, volunteer=volunteer).delete()
    work = solver.Workload(case_of(roster), before_of(roster))
    pair = solver.Pair(volunteer.pk, shift.pk)
    if volunteer.pk not in work.case.volunteer or shift.pk not in work.case.shift:
        raise Conflict(_("这个人或这一班不在这个方案里。"), code="unknown")
    if (reason := work.why_not(pair)) is not None:
        raise Conflict(forbidden(reason), code=str(reason))
    place, _made = RosterPlace.objects.update_or_create(
        roster=roster, shift=shift, volunteer=volunteer, defaults={"locked": True}
    )
    audit.record(actor, "volunteering.put_in_roster", shift, volunteer=volunteer.number)
    return place


@transaction.atomic
def take_out(actor: Account, *, roster: Roster, shift: Shift, volunteer: Volunteer) -> None:
    """By hand: the next search does not put this person there again. Raises Conflict for who chose the shift themselves."""
    roster = open_roster(actor, roster)
    place = RosterPlace.objects.filter(roster=roster, shift=shift, volunteer=volunteer).first()
    if place is None:
        raise Conflict(_("这个人已经不在这一班里了。"), code="gone")
    place.delete()
    if solver.Pair(volunteer.pk, shift.pk) in case_of(roster).locked:
        raise Conflict(_("这一班是本人报的名或者已经固定的，请在班次页面处理。"), code="own-choice")
    RosterBar.objects.get_or_create(roster=roster, shift=shift, volunteer=volunteer)
    audit.record(actor, "volunteering.take_out_of_roster", shift, volunteer=volunteer.number)


@transaction.atomic
def fix_place(actor: Account, *, roster: Roster, shift: Shift, volunteer: Volunteer, locked: bool) -> None:
    roster = open_roster(actor, roster)
    if not RosterPlace.objects.filter(roster=roster, shift=shift, volunteer=volunteer).update(locked=locked):
        raise Conflict(_("这个人已经不在这一班里了。"), code="gone")
    audit.record(actor, "volunteering.fix_roster_place", shift, volunteer=volunteer.number, locked=locked)


@transaction.atomic
def mend_roster(actor: Account, *, roster: Roster, around: Collection[int] = ()) -> Roster:
    """Decide anew what lies near the changes by hand; everything else stays."""
    roster = open_roster(actor, roster)
    case, before = case_of(roster), before_of(roster)
    centers = set(around) or set(roster.bars.values_list("shift_id", flat=True))
    known = [key for key in centers if key in case.shift]
    found = solver.mend(case, before, around=known, seconds=MENDING)
    _write_places(roster, case, found)
    roster.save(update_fields=["gaps"])
    audit.record(actor, "volunteering.mend_roster", roster.activity, changed=len(found.pairs ^ before))
    return roster


@transaction.atomic
def drop_roster(actor: Account, *, roster: Roster) -> Roster:
    require(actor, "volunteering.organize", roster.activity)
    roster = _held(roster)
    if roster.state not in (State.WAITING, State.SOLVING, State.READY):
        raise Conflict(_("这个方案已经处理过了。"), code="closed")
    roster.drop()
    roster.save(update_fields=["state"])
    audit.record(actor, "volunteering.drop_roster", roster.activity)
    return roster


def _search(roster: Roster, case: solver.Case) -> solver.Roster:
    before = before_of(roster)
    if roster.scope == Roster.Scope.GAPS:
        return solver.mend(case, before, seconds=roster.seconds)
    return solver.solve(case, seconds=roster.seconds, before=before, steady=roster.steady)


@transaction.atomic
def _start(roster: Roster) -> bool:
    held = _held(roster)
    if held.state != State.WAITING:
        return False
    held.start()
    held.started_at = clock.now()
    held.save(update_fields=["state", "started_at"])
    roster.refresh_from_db()
    return True


@transaction.atomic
def _finish(roster: Roster, case: solver.Case, found: solver.Roster) -> Roster:
    held = _held(roster)
    if held.state != State.SOLVING:  # dropped meanwhile
        return held
    _write_places(held, case, found)
    held.finish()
    held.solved_at, held.took = clock.now(), timedelta(seconds=found.seconds)
    held.gap = min(Decimal(repr(found.gap)), Decimal(999)).quantize(Decimal("0.0001"))
    held.save()
    audit.record(None, "volunteering.solve_roster", held.activity, places=len(found.pairs))
    return held


@transaction.atomic
def _fail(roster: Roster) -> None:
    held = _held(roster)
    if held.state == State.SOLVING:
        held.fail()
        held.save(update_fields=["state"])


def _write_places(roster: Roster, case: solver.Case, found: solver.Roster) -> None:
    fixed = roster.places.filter(locked=True).values_list("volunteer_id", "shift_id")
    locked = case.locked | {solver.Pair(*row) for row in fixed}
    roster.places.all().delete()
    RosterPlace.objects.bulk_create(
        RosterPlace(roster=roster, shift_id=pair.shift, volunteer_id=pair.volunteer, locked=pair in locked)
        for pair in sorted(found.pairs)
    )
    roster.gaps = [
        {"shift": gap.shift, "skill": gap.skill, "missing": gap.missing, "left_out": dict(gap.left_out)}
        for gap in solver.gaps(case, found.pairs)
    ]


def open_roster(actor: Account, roster: Roster) -> Roster:
    """The proposal, held, if it may still be changed."""
    require(actor, "volunteering.organize", roster.activity)
    roster = _held(roster)
    if roster.state != State.READY:
        raise Conflict(_("这个方案现在不能改：%(state)s。") % {"state": roster.get_state_display()}, code="closed")
    return roster


def _held(roster: Roster) -> Roster:
    rows = Roster.objects.select_related("activity__place", "activity__office").select_for_update(of=("self",))
    return rows.get(pk=roster.pk)
