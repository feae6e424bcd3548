"""Volunteers by the hundred, who answered a call and have a page of their own; and one who served for years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, islice
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchmarks.people import clerk

BATCH = 1000
SERVED = timedelta(hours=2)


@dataclass(frozen=True)
class Crowd:
    """`tokens`: the links to the volunteers' own pages."""

    activity: Any
    volunteers: list[Any]
    tokens: list[str]


def gather(office: Any, people: int) -> Crowd:
    """They introduce themselves and answer the call of a new activity. Call inside the office's scope."""
    from django.contrib.auth.models import AnonymousUser

    from gongjian.work.volunteering import services

    activity = _activity(office)
    call = services.draft_call(
        clerk(office),
        activity=activity,
        title="性能测试招募令",
        text="性能测试",
        closes_at=timezone.now() + timedelta(days=1),
        mode="choose",
    )
    call = services.open_call(clerk(office), call=call)
    stranger, answers = AnonymousUser(), []
    for number in range(people):
        introduction = services.Introduction(name=f"测试{activity.pk}-{number}", phone=f"1390000{number:04d}")
        volunteer = services.take_in_volunteer(stranger, office=office, introduction=introduction)
        answers.append(services.answer_call(stranger, call=call, volunteer=volunteer))
    return Crowd(activity, [answer.volunteer for answer in answers], [answer.token for answer in answers])


def make_shift(activity: Any, begins: datetime, most: int) -> Any:
    from gongjian.work.volunteering.models import Shift

    return Shift.objects.create(
        office=activity.office, activity=activity, begins=begins, ends=begins + timedelta(hours=4), most=most
    )


def serve_for_years(office: Any, times: int) -> Any:
    """A volunteer with so many confirmed times, two a day back from yesterday."""
    from django.contrib.auth.models import AnonymousUser

    from gongjian.work.volunteering import services

    introduction = services.Introduction(name=f"多年{times}", phone="13900009999")
    volunteer = services.take_in_volunteer(AnonymousUser(), office=office, introduction=introduction)
    if not volunteer.attendances.exists():
        _serve(office, volunteer, times)
    return volunteer


@transaction.atomic
def _serve(office: Any, volunteer: Any, times: int) -> None:
    from gongjian.work.volunteering.models import Attendance, Shift

    activity, confirmer = _activity(office), clerk(office)
    moments = list(islice(_twice_a_day(), times))
    shifts = Shift.objects.bulk_create(
        [Shift(office=office, activity=activity, begins=begins, ends=begins + SERVED, most=5) for begins in moments],
        batch_size=BATCH,
    )
    Attendance.objects.bulk_create(
        [
            Attendance(
                office=office,
                shift=shift,
                volunteer=volunteer,
                state="confirmed",
                began=shift.begins,
                ended=shift.ends,
                shift_ends=shift.ends,
                minutes=120,
                came_by="code",
                left_by="code",
                entered_at=shift.ends,
                confirmed_by=confirmer,
                confirmed_at=shift.ends,
            )
            for shift in shifts
        ],
        batch_size=BATCH,
    )


def _twice_a_day() -> Iterator[datetime]:
    morning = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    for days in count(1):
        yield morning - timedelta(days=days)
        yield morning - timedelta(days=days) + 2 * SERVED


def _activity(office: Any) -> Any:
    from gongjian.registry.models import Organization
    from gongjian.registry.selectors import communities
    from gongjian.work.volunteering import services

    actor, organizer = clerk(office), Organization.objects.order_by("pk").first()
    activity = services.plan_activity(
        actor,
        title="性能测试活动",
        field="community",
        place=communities()[0],
        organization=organizer,
        responsible="性能测试",
    )
    make_shift(activity, timezone.now() + timedelta(days=7), 1)
    return services.open_activity(actor, activity=activity)
