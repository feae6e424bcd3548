"""Makers of what volunteering is about. Call them inside an office's scope."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from gongjian.kernel import clock
from gongjian.registry.models import Account, Organization
from gongjian.registry.tests.factories import first_community, make_clerk, make_organization, make_person
from gongjian.work.volunteering.models import Activity, Assignment, Post, Shift, Volunteer

_numbers = count(1)


def at(text: str) -> datetime:
    """`at("2020-02-01 08:00")`: that moment in the office's time zone."""
    return timezone.make_aware(datetime.fromisoformat(text))


def make_volunteer(office: Any, name: str = "", **details: Any) -> Volunteer:
    number = next(_numbers)
    person = details.pop("person", None) or make_person(office, name or f"样例{number}")
    return Volunteer.objects.create(
        office=office, person=person, number=f"V{number:06d}", registered_at=clock.now(), agreed_at=clock.now(), **details
    )


def make_activity(
    office: Any, *, clerk: Account | None = None, organization: Organization | None = None, **details: Any
) -> Activity:
    number = next(_numbers)
    plain = {"title": f"样例活动{number}", "field": "community", "responsible": "样例", "place": first_community(office)}
    activity = Activity(
        office=office,
        organization=organization or make_organization(office),
        created_at=clock.now(),
        created_by=clerk or make_clerk(office),
        **(plain | details),
    )
    activity.open()
    activity.save()
    return activity


def make_shift(
    activity: Activity, begins: datetime | None = None, *, hours: float = 4, most: int = 2, post: str = "", **details: Any
) -> Shift:
    begins = begins or at("2020-02-03 08:00")
    place = Post.objects.get_or_create(activity=activity, name=post, defaults={"place": activity.place})[0] if post else None
    return Shift.objects.create(
        office=activity.office,
        activity=activity,
        begins=begins,
        ends=begins + timedelta(hours=hours),
        most=most,
        post=place,
        **details,
    )


def make_assignment(shift: Shift, volunteer: Volunteer, state: str = "booked", **details: Any) -> Assignment:
    details.setdefault("origin", Assignment.Origin.COORDINATOR)
    return Assignment.objects.create(shift=shift, volunteer=volunteer, state=state, at=clock.now(), **details)
