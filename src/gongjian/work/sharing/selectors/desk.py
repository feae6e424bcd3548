"""What an account must do today about venues."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.permissions import may
from gongjian.kernel.rooms import DeskItem
from gongjian.registry.models import Account, Role
from gongjian.work.sharing.hours import midnight
from gongjian.work.sharing.models import Booking, Venue
from gongjian.work.sharing.selectors.bookings import RELATED
from gongjian.work.sharing.selectors.settlements import settle_by, unsettled
from gongjian.work.sharing.selectors.venues import kept_by

MOST = 20


def desk_items(account: Account | Any) -> list[DeskItem]:
    if not may(account, "sharing.keep"):
        return []
    kept = kept_by(account)
    items = [*_answers(kept), *_counts(kept), *_settlements(kept)]
    if account.holds(Role.OFFICE_CLERK):  # who keeps every venue need not do every keeper's work: only what is late
        return [item for item in items if item.due is not None and item.due < clock.now()]
    return items


def _answers(kept: list[Venue]) -> Iterator[DeskItem]:
    waiting = Booking.objects.select_related(*RELATED).filter(venue__in=kept, state=Booking.State.REQUESTED)
    for booking in waiting.order_by("period")[:MOST]:
        yield _item(booking, _("答复"), booking.period.lower)


def _counts(kept: list[Venue]) -> Iterator[DeskItem]:
    over = Booking.objects.select_related(*RELATED).filter(
        venue__in=kept, state=Booking.State.BOOKED, period__endswith__lte=clock.now()
    )
    for booking in over.order_by("period")[:MOST]:
        yield _item(booking, _("登记到场"), midnight(settle_by(booking.begins.date().replace(day=1))))


def _settlements(kept: list[Venue]) -> Iterator[DeskItem]:
    for venue, month in unsettled(kept)[:MOST]:
        yield DeskItem(
            room=_("共享场地"),
            title=_("%(venue)s：%(month)s的使用情况") % {"venue": venue, "month": date_format(month, "YEAR_MONTH_FORMAT")},
            detail=str(venue.organization),
            url=reverse("sharing:settlements", args=[venue.pk]),
            action=_("结算"),
            due=midnight(settle_by(month)),
        )


def _item(booking: Booking, action: str, due: Any) -> DeskItem:
    day = date_format(booking.begins, "MONTH_DAY_FORMAT")
    return DeskItem(
        room=_("共享场地"),
        title=booking.title,
        detail=f"{booking.venue} · {day} {booking.begins:%H:%M}–{booking.ends_at}",
        url=reverse("sharing:booking", args=[booking.pk]),
        action=action,
        due=due,
    )
