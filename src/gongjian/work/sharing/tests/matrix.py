from decimal import Decimal
from typing import Any

from gongjian.kernel.tests.matrix import Case
from gongjian.work.sharing.models import Item, Venue
from gongjian.work.sharing.services.counting import Counted, take_stock
from gongjian.work.sharing.services.venues import close_days
from gongjian.work.sharing.tests.factories import make_booking, make_venue, tomorrow
from gongjian.work.sharing.tests.goods import make_allocation, make_donation
from tests.permissions.world import EVERYBODY, SIGNED_IN, STAFF

KEEPERS = frozenset({"office_clerk", "community_worker", "unit_liaison"})
"""Of `world.venue`: the office's clerk, its community's worker, and the liaison of who gives it."""
SOMEWHERE = KEEPERS | {"other_community_worker", "other_unit_liaison"}
READERS = KEEPERS | {"office_leader", "auditor"}


GOODS_KEEPERS = frozenset({"office_clerk", "community_worker", "other_community_worker"})
GOODS_READERS = GOODS_KEEPERS | {"office_leader", "auditor"}
LISTS = ("stock", "export_stock", "donations", "export_donations", "allocations", "counts")


def _of(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _venue(world: Any) -> dict[str, Any]:
    return {"pk": world.venue.pk}


def _booking(world: Any) -> dict[str, Any]:
    return {"pk": world.booking.pk}


def _token(world: Any) -> dict[str, Any]:
    return {"token": world.booking.token}


def _closure(world: Any) -> dict[str, Any]:
    return {"pk": world.venue.pk, "closure": world.closure.pk}


def _month(world: Any) -> dict[str, Any]:
    return {"pk": world.venue.pk, "year": 2020, "month": 7}


def _form(name: str, allowed: frozenset[str], kwargs: Any = Case.kwargs) -> list[Case]:
    return [Case(name, allowed=allowed, kwargs=kwargs), Case(name, method="post", allowed=allowed, kwargs=kwargs)]


READ, WRITE = "sharing:read", "sharing:write"


def _asked(world: Any) -> dict[str, Any]:
    day = tomorrow().isoformat()
    told = {"begins": f"{day}T14:00:00+08:00", "ends": f"{day}T15:00:00+08:00", "title": "合唱排练", "people": 8}
    return {**told, "venue": world.venue.pk, "name": "样例居民", "phone": "13800001111"}


API = [
    Case("api:list_venues", allowed=SIGNED_IN, token=READ),
    Case("api:get_one_venue", allowed=SIGNED_IN, token=READ, kwargs=_venue),
    Case("api:get_week", allowed=SIGNED_IN, token=READ, kwargs=_venue),
    Case("api:list_bookings", allowed=SIGNED_IN, token=READ),
    Case("api:get_one_booking", allowed=READERS, token=READ, kwargs=_booking),
    Case("api:make_booking", method="post", allowed=SIGNED_IN, token=WRITE, data=_asked),
    Case(
        "api:cancel_booking",
        method="post",
        allowed=KEEPERS,
        token=WRITE,
        kwargs=_booking,
        data=lambda world: {"reason": "检修"},
    ),
    Case("api:list_items", allowed=GOODS_READERS, token=READ),
    Case("api:list_donations", allowed=GOODS_READERS, token=READ),
    Case("api:get_one_donation", allowed=GOODS_READERS, token=READ, kwargs=lambda world: {"number": world.donation.number}),
]
MATRIX = [
    *API,
    Case("sharing:venues", allowed=EVERYBODY),
    Case("sharing:venue", allowed=EVERYBODY, kwargs=_venue),
    Case("sharing:feed", allowed=EVERYBODY, kwargs=_venue),
    *_form("sharing:book", frozenset(EVERYBODY), _venue),
    Case("sharing:follow", allowed=EVERYBODY, kwargs=_token),
    Case("sharing:cancel", method="post", allowed=EVERYBODY, kwargs=_token),
    Case("sharing:cancel_series", method="post", allowed=EVERYBODY, kwargs=_token),
    Case("sharing:mine", allowed=SIGNED_IN),
    Case("sharing:bookings", allowed=STAFF),
    Case("sharing:booking", allowed=READERS, kwargs=_booking),
    *[
        Case(f"sharing:{verb}", method="post", allowed=KEEPERS, kwargs=_booking)
        for verb in ("accept", "accept_series", "refuse", "take_back", "count", "no_show")
    ],
    Case("sharing:kept", allowed=STAFF),
    *_form("sharing:share", SOMEWHERE),
    Case("sharing:calendar", allowed=STAFF, kwargs=_venue),
    *_form("sharing:change", KEEPERS, _venue),
    *_form("sharing:hours", KEEPERS, _venue),
    *_form("sharing:closures", KEEPERS, _venue),
    Case("sharing:open_again", method="post", allowed=KEEPERS, kwargs=_closure),
    Case("sharing:settlements", allowed=STAFF, kwargs=_venue),
    Case("sharing:publication", allowed=EVERYBODY),
    Case("sharing:receipt", allowed=EVERYBODY, kwargs=lambda world: {"number": world.donation.number}),
    *[Case(f"sharing:{name}", allowed=GOODS_READERS) for name in LISTS],
    *_form("sharing:receive", GOODS_KEEPERS),
    *_form("sharing:allocate", GOODS_KEEPERS),
    Case("sharing:take_stock", allowed=()),  # of no place: see tests/test_goods_pages.py
    Case("sharing:take_stock", method="post", allowed=()),
    Case("sharing:item", allowed=GOODS_READERS, kwargs=_of("item")),
    Case("sharing:write_off", method="post", allowed=GOODS_KEEPERS, kwargs=_of("item")),
    Case("sharing:move", method="post", allowed=GOODS_KEEPERS, kwargs=_of("item")),
    Case("sharing:donation", allowed=GOODS_READERS, kwargs=_of("donation")),
    Case("sharing:receipt_pdf", allowed=GOODS_READERS, kwargs=_of("donation")),
    Case("sharing:count_of", allowed=GOODS_READERS, kwargs=_of("count")),
    Case("sharing:allocation", allowed=GOODS_READERS - {"other_community_worker"}, kwargs=_of("allocation")),
    *[
        Case(f"sharing:{verb}", method="post", allowed={"office_clerk", "community_worker"}, kwargs=_of("allocation"))
        for verb in ("hand_over", "return")
    ],
    Case("sharing:settle", method="post", allowed=KEEPERS, kwargs=_month),
]


def build(world: Any) -> None:
    venue: Venue = make_venue(place=world.community, organization=world.organization)
    world.things["venue"] = venue
    world.things["booking"] = make_booking(venue)
    late = tomorrow().replace(year=tomorrow().year + 1)
    clerk = world.accounts["office_clerk"]
    world.things["closure"] = close_days(clerk, venue=venue, first=late, last=late, reason="检修样例")
    here = world.community
    donation = make_donation(by=clerk, place=here, organization=world.organization)
    item = Item.objects.get()
    world.things["donation"], world.things["item"] = donation, item
    world.things["allocation"] = make_allocation(item, by=clerk)
    world.things["count"] = take_stock(clerk, place=here, lines=[Counted(item, Decimal(7), Decimal(7))])
