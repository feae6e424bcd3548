"""A person's record: what they served, what it comes to, their stars, their certificates and corrections."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account
from gongjian.work.volunteering.models import Attendance, Correction, ServiceCertificate, Star, Volunteer
from gongjian.work.volunteering.selectors.reach import activities, volunteers
from gongjian.work.volunteering.selectors.roster_case import midnight

SHIPPED = {1: 100, 2: 300, 3: 600, 4: 1000, 5: 1500}
"""Hours for each number of stars, until an office edits them."""
MINUTES = Decimal(60)
State = Attendance.State


def get_record(account: Account, pk: int) -> Volunteer:
    """One's own, or one of those the account reaches. Raises Missing."""
    rows = Volunteer.objects.select_related("person__organization", "person__community", "office")
    own = rows.filter(pk=pk, person=account.person_id).first() if account.person_id else None
    found = own or rows.filter(pk=pk, pk__in=volunteers(account).values("pk")).first()
    if found is None:
        raise Missing(_("没有这位志愿者。"))
    return found


def own_record(account: Account) -> Volunteer | None:
    rows = Volunteer.objects.select_related("person__organization", "person__community", "office")
    return rows.filter(person=account.person_id).first() if account.person_id else None


@dataclass(frozen=True)
class Sums:
    """Confirmed hours alone count; of the rated ones, how many of a hundred were good."""

    hours: Decimal
    times: int
    waiting: int
    first: date | None
    last: date | None
    good_percent: int | None


def sums(volunteer: Volunteer) -> Sums:
    confirmed = Q(state=State.CONFIRMED)
    found = volunteer.attendances.aggregate(
        minutes=Sum("minutes", filter=confirmed),
        times=Count("pk", filter=confirmed),
        waiting=Count("pk", filter=Q(state__in=(State.HERE, State.LEFT))),
        first=Min("began", filter=confirmed),
        last=Max("began", filter=confirmed),
        rated=Count("pk", filter=confirmed & ~Q(quality="")),
        good=Count("pk", filter=confirmed & Q(quality=Attendance.Quality.GOOD)),
    )
    return Sums(
        hours=Decimal(found["minutes"] or 0) / MINUTES,
        times=found["times"],
        waiting=found["waiting"],
        first=_day(found["first"]),
        last=_day(found["last"]),
        good_percent=found["good"] * 100 // found["rated"] if found["rated"] else None,
    )


def served(volunteer: Volunteer) -> QuerySet[Attendance]:
    """Newest first, what was refused included: it says so."""
    rows = volunteer.attendances.select_related("shift__activity", "shift__post", "organization")
    return rows.order_by("-began", "pk")


def star_table() -> list[Star]:
    """The office's, else the shipped one, unsaved."""
    return list(Star.objects.all()) or [Star(stars=stars, hours=hours) for stars, hours in SHIPPED.items()]


def stars_of(found: Sums, table: list[Star]) -> int:
    """Without any rating the hours alone decide."""
    reached = [
        star.stars
        for star in table
        if found.hours >= star.hours and (found.good_percent is None or found.good_percent >= star.good_percent)
    ]
    return max(reached, default=0)


@dataclass(frozen=True)
class NextStar:
    stars: int
    hours: Decimal


def next_star(found: Sums, table: list[Star]) -> NextStar | None:
    """How many hours the next star is away."""
    ahead = [star for star in table if star.hours > found.hours]
    return NextStar(ahead[0].stars, star_hours_left(ahead[0], found)) if ahead else None


def star_hours_left(star: Star, found: Sums) -> Decimal:
    return Decimal(star.hours) - found.hours


@dataclass(frozen=True)
class Line:
    """What a certificate says of one activity."""

    activity: str
    content: str
    first: date
    last: date
    times: int
    hours: Decimal

    def as_json(self) -> dict[str, Any]:
        days = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return {"activity": self.activity, "content": self.content, "times": self.times, "hours": str(self.hours), **days}


@dataclass(frozen=True)
class Certifiable:
    """Confirmed hours of these days that stand in the ledger, and how many confirmed ones do not yet."""

    lines: list[Line]
    deeds: set[Any]
    hours: Decimal
    times: int
    outside: int


def certifiable(volunteer: Volunteer, first: date, last: date) -> Certifiable:
    span = midnight(first), midnight(last + timedelta(days=1))
    rows = volunteer.attendances.filter(state=State.CONFIRMED, began__gte=span[0], began__lt=span[1], minutes__gt=0)
    found = list(rows.filter(deed__isnull=False, deed__reversed_by=None).select_related("shift__activity"))
    found.sort(key=lambda row: (row.shift.activity_id, row.began))
    lines = [_line(list(group)) for _key, group in groupby(found, key=lambda row: row.shift.activity_id)]
    return Certifiable(
        lines=sorted(lines, key=lambda line: line.first),
        deeds={row.deed_id for row in found},
        hours=sum((line.hours for line in lines), Decimal(0)),
        times=len(found),
        outside=rows.count() - len(found),
    )


def _line(rows: list[Attendance]) -> Line:
    activity = rows[0].shift.activity
    hours = sum((row.hours for row in rows), Decimal(0)).quantize(Decimal("0.01"))
    days = [_day(row.began) for row in rows]
    content = activity.content or activity.get_field_display()
    return Line(activity.title, content, min(days), max(days), len(rows), hours)


def _day(moment: Any) -> Any:
    return timezone.localtime(moment).date() if moment else None


def get_attendance_of(account: Account, pk: int) -> Attendance:
    """One's own, or of an activity that the account reaches."""
    rows = Attendance.objects.select_related("shift__activity__place", "shift__activity__organization", "volunteer__person")
    mine = Q(volunteer__person=account.person_id) if account.person_id else Q(pk__in=[])
    found = rows.filter(mine | Q(shift__activity__in=activities(account)), pk=pk).first()
    if found is None:
        raise Missing(_("没有这条到岗记录。"))
    return found


def corrections(account: Account) -> QuerySet[Correction]:
    """Those that the account may have to decide, those asked first."""
    rows = Correction.objects.filter(attendance__shift__activity__in=activities(account))
    return rows.select_related("attendance__shift__activity", "attendance__volunteer__person", "asked_by", "decided_by")


def get_correction(account: Account, pk: int) -> Correction:
    found = corrections(account).filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这个更正申请。"))
    return found


def certificates_of(volunteer: Volunteer) -> QuerySet[ServiceCertificate]:
    return ServiceCertificate.objects.filter(volunteer=volunteer).select_related("issuer")
