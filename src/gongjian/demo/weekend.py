"""An open call of these days, so that there is something to join: two Saturdays and Sundays of cleaning, some places taken."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongjian.demo.facts import read
from gongjian.demo.volunteering import STRANGER, account, plan
from gongjian.kernel import clock
from gongjian.work.volunteering import services
from gongjian.work.volunteering.models import Activity, Call, Shift


def is_called() -> bool:
    return Activity.objects.filter(title=read("volunteering")["weekend"]["title"]).exists()


def call_to_the_weekend() -> None:
    facts = read("volunteering")["weekend"]
    first = _coming_saturday(clock.today())
    organizer = account(facts["account"])
    activity = plan(facts, organizer, first, first + timedelta(days=8), field=facts["field"], weekdays=frozenset({6, 7}))
    call = services.draft_call(
        organizer,
        activity=activity,
        title=facts["call"],
        text=facts["text"],
        closes_at=_at(first + timedelta(days=7), time(20)),
        mode=Call.Mode.CHOOSE,
    )
    call = services.open_call(organizer, call=call)
    for number, name in enumerate(facts["joined"], start=1):
        introduction = services.Introduction(name=name, phone=f"1380001{number:04d}")
        volunteer = services.take_in_volunteer(STRANGER, office=activity.office, introduction=introduction)
        shift = Shift.objects.filter(activity=activity).order_by("begins", "post")[number % 2]
        services.answer_call(STRANGER, call=call, volunteer=volunteer)
        services.sign_up(STRANGER, shift=shift, volunteer=volunteer)


def _coming_saturday(today: date) -> date:
    return today + timedelta(days=(5 - today.weekday()) % 7 or 7)


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
