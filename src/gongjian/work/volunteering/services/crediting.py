"""From confirmed hours to the ledger: one deed for a person's hours, to the credit of person, team and organization at once."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import audit
from gongjian.kernel.errors import Conflict
from gongjian.kernel.locking import lock
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind
from gongjian.ledger.models.evidence import Evidence
from gongjian.ledger.services import DeedSource, confirm_deed, record_deed
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Activity, Attendance, Enrollment, hours_kind, people_kind

ROOM = "volunteering"


@transaction.atomic
def credit_hours(actor: Account, *, activity: Activity) -> list[Deed]:
    """A deed for each person whose confirmed hours stand in none yet. Each attendance is in one deed, ever.

    Raises Conflict when nothing waits.
    """
    require(actor, "volunteering.organize", activity)
    lock(f"volunteering.credit:{activity.pk}", seconds=30)
    rows = list(_uncredited(activity))
    deeds = [_credit(actor, activity, list(group)) for _key, group in groupby(rows, key=_doer)]
    if not rows:
        raise Conflict(_("没有新确认的时长要计入台账。"), code="nothing-new")
    audit.record(actor, "volunteering.credit_hours", activity, deeds=len(deeds))
    return deeds


@transaction.atomic
def stand_behind_hours(
    actor: Account, *, activity: Activity, level: int, on_behalf_of: str, evidence: Sequence[Evidence] = ()
) -> int:
    """Confirm all deeds of the activity at once, each in the ledger's own way; those that reached the level are left."""
    reached = Deed.objects.filter(confirmations__level__gte=level).values("pk")
    sources = Deed.objects.filter(volunteering_attendances__shift__activity=activity).values("pk")
    found = Deed.objects.filter(pk__in=sources, reversed_by=None) | Deed.objects.filter(
        source_room=ROOM, source_key=_people_key(activity), reversed_by=None
    )
    waiting = found.exclude(pk__in=reached).select_related("place", "organization").order_by("pk")
    for deed in waiting:
        confirm_deed(actor, deed=deed, level=level, on_behalf_of=on_behalf_of, evidence=evidence)
    audit.record(actor, "volunteering.stand_behind_hours", activity, level=int(level))
    return len(waiting)


def record_turnout(actor: Account, *, activity: Activity) -> Deed | None:
    """How many answered the activity's calls and were accepted, as one deed of the organizer."""
    people = Enrollment.objects.filter(call__activity=activity, state=Enrollment.State.ACCEPTED)
    count = people.aggregate(people=Count("volunteer", distinct=True))["people"]
    times = activity.shifts.filter(cancelled_at=None).aggregate(first=Min("begins"), last=Max("begins"))
    if not count or times["first"] is None:
        return None
    title = activity.calls.order_by("pk").values_list("title", flat=True)[0]
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code=people_kind(activity.field)),
        place=activity.place,
        organization=activity.organization,
        team=activity.team,
        beneficiary=activity.beneficiary,
        statement=f"发出“{title}”，{{数}}报名参加“{activity.title}”",
        quantity=Decimal(count),
        occurred_from=_day(times["first"]),
        occurred_to=_day(times["last"]),
        precision=Deed.Precision.RANGE,
        source=DeedSource(ROOM, _people_key(activity)),
    )


def _credit(actor: Account, activity: Activity, rows: list[Attendance]) -> Deed:
    first = rows[0]
    hours = sum((row.hours for row in rows), Decimal(0))
    deed = record_deed(
        actor,
        kind=DeedKind.objects.get(code=hours_kind(activity.field)),
        place=activity.place,
        organization=first.organization or activity.organization,
        team=first.team,
        person=first.volunteer.person,
        beneficiary=activity.beneficiary,
        statement=f"在“{activity.title}”中服务{{数}}",
        quantity=hours,
        occurred_from=_day(min(row.began for row in rows)),
        occurred_to=_day(max(row.began for row in rows)),
        precision=Deed.Precision.RANGE,
        source=DeedSource(ROOM, _hours_key(min(row.pk for row in rows))),
    )
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(deed=deed)
    return deed


def _uncredited(activity: Activity) -> list[Attendance]:
    waiting = Attendance.objects.filter(shift__activity=activity, state=Attendance.State.CONFIRMED, deed=None, minutes__gt=0)
    related = waiting.select_related("volunteer__person", "organization", "team").select_for_update(of=("self",))
    return sorted(related, key=lambda row: (*_doer(row), row.began))


def _doer(row: Attendance) -> tuple[int, int, int]:
    return row.volunteer_id, row.organization_id or 0, row.team_id or 0


def _hours_key(first: int) -> str:
    """Each attendance is in one deed; hours whose deed a correction reversed are told again, under another key."""
    key = f"hours:{first}"
    reversed_before = Deed.objects.filter(source_room=ROOM, reversed_by__isnull=False)
    told = reversed_before.filter(Q(source_key=key) | Q(source_key__startswith=f"{key}:")).count()
    return f"{key}:{told}" if told else key


def _people_key(activity: Activity) -> str:
    return f"people:{activity.pk}"


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
