"""Hours: who served how long, what waits to be confirmed, what stands in the ledger."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Activity, Attendance
from gongjian.work.volunteering.models.attendance import MINUTES_AN_HOUR
from gongjian.work.volunteering.selectors.reach import activities

State = Attendance.State
RELATED = ("shift__activity", "shift__post", "volunteer__person", "organization", "entered_by")


@dataclass(frozen=True)
class Totals:
    people: int
    shifts: int
    hours: Decimal
    waiting: int
    uncredited: int
    late: int
    bulk: int


def totals(rows: QuerySet[Any]) -> Totals:
    """`people`, `shifts` and `hours` of what is confirmed; how many entries wait, are not in the ledger yet, are flagged."""
    confirmed = Q(state=State.CONFIRMED)
    found = rows.aggregate(
        people=Count("volunteer", distinct=True, filter=confirmed),
        shifts=Count("shift", distinct=True, filter=confirmed),
        total_minutes=Sum("minutes", filter=confirmed),
        waiting=Count("pk", filter=Q(state=State.LEFT)),
        uncredited=Count("pk", filter=confirmed & Q(deed=None, minutes__gt=0)),
        late=Count("pk", filter=Q(late_entry=True)),
        bulk=Count("pk", filter=Q(bulk_entry=True)),
    )
    minutes = found.pop("total_minutes") or 0
    return Totals(hours=Decimal(minutes) / MINUTES_AN_HOUR, **found)


def of_activity(activity: Activity) -> QuerySet[Attendance]:
    return Attendance.objects.filter(shift__activity=activity)


def waiting(account: Account) -> QuerySet[Attendance]:
    """What the account may have to confirm, the oldest first."""
    rows = Attendance.objects.filter(shift__activity__in=activities(account), state=State.LEFT)
    return rows.select_related(*RELATED).order_by("began", "pk")


def reached(account: Account, *, state: str = "") -> QuerySet[Attendance]:
    """Of all activities that the account reaches."""
    rows = Attendance.objects.filter(shift__activity__in=activities(account)).select_related(*RELATED)
    return rows.filter(state=state) if state else rows


def attendances(activity: Activity, state: str = "") -> QuerySet[Attendance]:
    rows = of_activity(activity).select_related(*RELATED).order_by("-began", "pk")
    return rows.filter(state=state) if state else rows


def as_json(office_hours: QuerySet[Attendance], listed: QuerySet[Activity]) -> dict[str, Any]:
    """For the command and machines: each activity with people and hours, and the whole. People are counted once."""

    def told(found: Totals) -> dict[str, Any]:
        return {"people": found.people, "shifts": found.shifts, "hours": str(found.hours), "waiting": found.waiting}

    rows = [
        {"id": one.pk, "title": one.title, "field": one.field, **told(totals(office_hours.filter(shift__activity=one)))}
        for one in listed.order_by("pk")
    ]
    return {"activities": rows, "total": told(totals(office_hours))}
