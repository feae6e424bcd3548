"""When an elder must have been heard of next, from what happened: nothing is counted down."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from gongjian.work.care.models import Cadence, Pairing, Step, Visit
from gongjian.work.care.selectors.cadences import cadences

Kind = Step.Kind
BEGINNINGS = (Kind.BEGUN, Kind.RESUMED)
"""From these on the days are counted anew."""


def set_clock(pairing: Pairing, known: dict[str, Cadence] | None = None) -> None:
    """Sets `last_contact_at` and `due_at`, unsaved."""
    reached = pairing.visits.exclude(went=Visit.Went.ABSENT).order_by("-at")
    pairing.last_contact_at = reached.values_list("at", flat=True).first()
    pairing.due_at = None
    if pairing.state == Pairing.State.ACTIVE:
        pairing.due_at = _due(pairing, (known or cadences())[pairing.risk])


def _due(pairing: Pairing, cadence: Cadence) -> datetime:
    steps = list(pairing.steps.filter(kind__in=[*BEGINNINGS, Kind.CHANGE]).order_by("at", "pk"))
    began = max(step.at for step in steps if step.kind in BEGINNINGS)
    last = max(began, pairing.last_contact_at or began)
    regular = end_of_day(last + timedelta(days=cadence.days))
    changes = [step.at for step in steps if step.kind == Kind.CHANGE and step.at > last]
    if changes and cadence.hours_after_change:
        return min(regular, changes[0] + timedelta(hours=cadence.hours_after_change))
    return regular


def end_of_day(moment: datetime) -> datetime:
    day = timezone.localtime(moment).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, time.min))
