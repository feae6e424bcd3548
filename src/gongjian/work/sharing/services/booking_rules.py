"""What a booking must satisfy, each a check that raises with the sentence for who asked. The database checks overlap itself."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import may
from gongjian.work.sharing.hours import closed_on, wall_minutes, windows_of
from gongjian.work.sharing.models import Booking, Venue
from gongjian.work.sharing.models.bookings import AHEAD

MOST_AHEAD = 5
"""Bookings of one person that lie ahead, over all venues: shared rooms are for everybody."""
NO_SHOWS = 2
FORGIVEN_AFTER = timedelta(days=90)
"""Who did not come so often within this time needs the owner's agreement for the next booking."""


def check_bookable(venue: Venue) -> None:
    if not venue.bookable:
        raise Conflict(_("这个场地现在不开放预约。"), code="not-bookable")


def check_time(venue: Venue, begins: datetime, ends: datetime) -> None:
    if ends <= begins:
        raise Invalid(_("结束时间要晚于开始时间。"), code="ends-before", field="ends")
    if begins < clock.now():
        raise Invalid(_("这个时间已经过去了。"), code="past", field="begins")
    _check_days_ahead(venue, begins)
    _check_length(venue, begins, ends)
    check_open(venue, begins, ends)


def _check_days_ahead(venue: Venue, begins: datetime) -> None:
    last = clock.today() + timedelta(days=venue.days_ahead)
    beyond = begins > clock.now() + timedelta(days=venue.days_ahead + 2)  # the last days of the calendar have no local time
    if beyond or timezone.localtime(begins).date() > last:
        sentence = _("最多提前 %(days)s 天约，现在能约到%(last)s。")
        raise Invalid(
            sentence % {"days": venue.days_ahead, "last": date_format(last, "MONTH_DAY_FORMAT")}, code="too-far", field="day"
        )


def _check_length(venue: Venue, begins: datetime, ends: datetime) -> None:
    if ends.timestamp() - begins.timestamp() > venue.longest * 60:
        hours = f"{venue.longest / 60:g}"
        raise Invalid(_("一次最长 %(hours)s 小时，请短一点，或分几次约。") % {"hours": hours}, code="too-long", field="ends")
    _day, opens, closes = wall_minutes(begins, ends)
    if begins.second or begins.microsecond or ends.second or ends.microsecond or opens % venue.step or closes % venue.step:
        raise Invalid(
            _("起止时间以 %(step)s 分钟为一格，比如 9:00、9:30。") % {"step": venue.step}, code="step", field="begins"
        )


def check_open(venue: Venue, begins: datetime, ends: datetime) -> None:
    """Within one stretch of opening hours, on a day that is not closed."""
    day, opens, closes = wall_minutes(begins, ends)
    if closure := closed_on(day, venue.closures.all()):
        raise Invalid(_("这一天闭馆：%(reason)s") % {"reason": closure.reason}, code="closed", field="day")
    windows = windows_of(day, venue.hours.all())
    if not windows:
        raise Invalid(_("这一天不开放。"), code="closed", field="day")
    if not any(window.opens <= opens and closes <= window.closes for window in windows):
        told = "、".join(map(str, windows))
        raise Invalid(_("不在开放时间里：这一天开放 %(windows)s。") % {"windows": told}, code="outside-hours", field="begins")


def check_people(venue: Venue, people: int) -> None:
    if people < 1:
        raise Invalid(_("至少一个人。"), code="people", field="people")
    if venue.capacity and people > venue.capacity:
        sentence = ngettext("这里最多容纳 %(most)d 人。", "这里最多容纳 %(most)d 人。", venue.capacity)
        raise Invalid(sentence % {"most": venue.capacity}, code="too-many-people", field="people")


def is_exempt(actor: Any, venue: Venue) -> bool:
    """Whoever keeps the venue decides who has how much of it."""
    return may(actor, "sharing.keep", venue)


def left_of_share(phone_mark: str) -> int:
    """Nobody holds more than a fair share of what lies ahead."""
    ahead = Booking.objects.filter(phone_mark=phone_mark, state__in=AHEAD, period__endswith__gt=clock.now())
    return MOST_AHEAD - ahead.count() if phone_mark else MOST_AHEAD


def check_share(phone_mark: str) -> None:
    if left_of_share(phone_mark) <= 0:
        raise Conflict(
            _("这个电话已经约了 %(most)s 次还没有用，请用过或取消几次再约。") % {"most": MOST_AHEAD},
            code="share",
            field="phone",
        )


def missed(phone_mark: str) -> int:
    """How often nobody came, as far as it is not forgiven."""
    since = clock.now() - FORGIVEN_AFTER
    found = Booking.objects.filter(phone_mark=phone_mark, state="no_show", period__startswith__gt=since)
    return found.count() if phone_mark else 0


def missed_often(phone_mark: str) -> bool:
    return missed(phone_mark) >= NO_SHOWS
