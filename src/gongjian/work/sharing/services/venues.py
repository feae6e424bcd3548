"""Sharing a venue, changing its rules, closing it for some days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid, InvalidMany
from gongjian.kernel.permissions import require
from gongjian.ledger.models import Deed, DeedKind, Evidence
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Organization, Place
from gongjian.work.sharing.hours import Window, midnight
from gongjian.work.sharing.models import Booking, Closure, OpeningHours, Venue
from gongjian.work.sharing.models.bookings import AHEAD
from gongjian.work.sharing.services.holding import hold
from gongjian.work.sharing.services.telling import tell_booker

LONGEST_CLOSURE = timedelta(days=366)
FARTHEST = timedelta(days=5 * 366)


@dataclass(frozen=True)
class Given:
    """How the giving stands in the ledger. Without words of its own a sentence is made from the venue."""

    first: date | None = None
    last: date | None = None
    precision: str = Deed.Precision.DAY
    statement: str = ""
    beneficiary: str = ""
    evidence: Sequence[Evidence] = ()
    place: Place | None = None
    """Where it was given, if not where the thing is."""


@transaction.atomic
def share_venue(actor: Account, *, place: Place, organization: Organization, given: Given | None = None, **rules: Any) -> Venue:
    """`rules`: the other fields of Venue. The giving is a deed of the organization. Raises Invalid, or Conflict if known."""
    venue = Venue(office=actor.office, place=place, organization=organization, added_at=clock.now(), added_by=actor, **rules)
    require(actor, "sharing.keep", venue)
    _save(venue)
    _record_giving(actor, venue, given or Given())
    audit.record(actor, "sharing.share_venue", venue)
    return venue


@transaction.atomic
def change_venue(actor: Account, *, venue: Venue, **rules: Any) -> Venue:
    """What is booked already stays as it was agreed. What was given, where and by whom is told in the ledger and stays."""
    require(actor, "sharing.keep", venue)
    venue = Venue.objects.select_for_update().get(pk=venue.pk)
    for name, value in rules.items():
        setattr(venue, name, value)
    _save(venue)
    audit.record(actor, "sharing.change_venue", venue)
    return venue


def _save(venue: Venue) -> None:
    venue.name, venue.purpose = venue.name.strip(), venue.purpose.strip()
    try:
        venue.full_clean(validate_constraints=False)
    except ValidationError as error:
        raise InvalidMany({name: sentences[0] for name, sentences in error.message_dict.items()}) from error
    if venue.area is not None and venue.area <= 0:
        raise Invalid(_("面积要大于零。"), code="area", field="area")
    try:
        with transaction.atomic():
            venue.save()
    except IntegrityError as error:
        raise Conflict(_("这里已经有一个同名的场地。"), code="known", field="name") from error


def _record_giving(actor: Account, venue: Venue, given: Given) -> Deed | None:
    """None where the ledger has the same floor space of the same giver at the same place already, e.g. by an agreement."""
    kind, quantity, words = _told(venue)
    if kind == "space-area" and _is_recorded(venue):
        return None
    day = given.first or clock.today()
    return record_deed(
        actor,
        kind=DeedKind.objects.get(code=kind),
        place=given.place or venue.place,
        organization=venue.organization,
        statement=given.statement.strip() or words,
        quantity=quantity,
        beneficiary=given.beneficiary,
        occurred_from=day,
        occurred_to=given.last or day,
        precision=given.precision,
        evidence=given.evidence,
        source=DeedSource("sharing", f"venue:{venue.pk}"),
    )


def _is_recorded(venue: Venue) -> bool:
    same = {"kind": "space-area", "organization": venue.organization, "place": venue.place, "quantity": venue.area}
    return Deed.objects.filter(**same, reverses__isnull=True, reversed_by__isnull=True).exists()


def _told(venue: Venue) -> tuple[str, Decimal, str]:
    """Kind of deed, quantity, words. The ledger is Chinese, whatever language the clerk reads just now."""
    if venue.kind == Venue.Kind.READING:
        return "reading-room", Decimal(1), f"提供用房，办起共享书吧{{数}}：{venue.name}"
    if venue.kind == Venue.Kind.CANTEEN:
        return "canteen", Decimal(1), f"提供用房，办起养老配餐点{{数}}：{venue.name}"
    if venue.area is None:
        return "space-shared", Decimal(1), f"{venue.place}的“{venue.name}”{{数}}与社区共享，用作{venue.purpose}"
    return "space-area", venue.area, f"{venue.place}的“{venue.name}”{{数}}与社区共享，用作{venue.purpose}"


@transaction.atomic
def set_hours(actor: Account, *, venue: Venue, week: Sequence[tuple[int, Window]]) -> None:
    """The whole week anew: (weekday from Monday 0, window). Bookings that stand already stay. Raises Invalid."""
    require(actor, "sharing.keep", venue)
    hold(venue)
    for _day, window in week:
        if not window.opens < window.closes:
            raise Invalid(_("关门要晚于开门。"), code="closes-before", field="hours")
    venue.hours.all().delete()
    try:
        with transaction.atomic():
            OpeningHours.objects.bulk_create(
                [OpeningHours(venue=venue, weekday=day, opens=window.opens, closes=window.closes) for day, window in week]
            )
    except IntegrityError as error:
        raise Invalid(_("同一天的两段开放时间重叠了。"), code="hours-overlap", field="hours") from error
    audit.record(actor, "sharing.set_hours", venue)


@transaction.atomic
def close_days(actor: Account, *, venue: Venue, first: date, last: date, reason: str) -> Closure:
    """Not open from `first` to `last`, both included. What was booked for these days is taken back, with the reason."""
    require(actor, "sharing.keep", venue)
    _check_closure(first, last, reason)
    hold(venue)
    closure = Closure(venue=venue, days=DateRange(first, last + timedelta(days=1)), reason=reason.strip())
    try:
        with transaction.atomic():
            closure.save()
    except IntegrityError as error:
        raise Conflict(_("这几天里已经有闭馆安排了，请先取消它。"), code="closed-already", field="first") from error
    for booking in _booked_within(venue, first, last):
        booking.cancel()
        booking.reason, booking.decided_at, booking.decided_by = closure.reason, clock.now(), actor
        booking.save()
        tell_booker(booking, "sharing.taken_back")
    audit.record(actor, "sharing.close_days", venue, first=first.isoformat(), last=last.isoformat())
    return closure


def _check_closure(first: date, last: date, reason: str) -> None:
    if last < first:
        raise Invalid(_("最后一天早于第一天。"), code="ends-before", field="last")
    if last < clock.today():
        raise Invalid(_("这几天已经过去了。"), code="past", field="last")
    if first - clock.today() > FARTHEST:
        raise Invalid(_("太远了，请核对年份。"), code="too-far", field="first")
    if last - first > LONGEST_CLOSURE:
        raise Invalid(_("一次最多闭馆一年。长期不开放，请把“开放预约”取消。"), code="too-long", field="last")
    if len(reason.strip()) < 2:
        raise Invalid(_("请写明为什么闭馆，约好的人会看到。"), code="reason", field="reason")


def _booked_within(venue: Venue, first: date, last: date) -> list[Booking]:
    """Not yet begun."""
    begin, end = midnight(first), midnight(last + timedelta(days=1))
    ahead = Booking.objects.filter(venue=venue, state__in=AHEAD, period__startswith__gt=clock.now())
    return list(ahead.filter(period__startswith__gte=begin, period__startswith__lt=end))


@transaction.atomic
def open_again(actor: Account, *, closure: Closure) -> None:
    """What was taken back is not given again by itself."""
    require(actor, "sharing.keep", closure.venue)
    audit.record(actor, "sharing.open_again", closure.venue)
    closure.delete()
