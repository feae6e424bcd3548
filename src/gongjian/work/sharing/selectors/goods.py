"""The books of goods: stock, register, allocations, and what everybody may read of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, QuerySet, Sum
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Missing
from gongjian.registry.models import Account, Place, Role
from gongjian.registry.selectors import communities, places
from gongjian.work.sharing.models import Allocation, Donation, DonationLine, Item, Movement, Stock, StockCount

KEEPING_LEVELS = ("subdistrict", "community", "compound")


def items() -> QuerySet[Item]:
    """With what lies where; what is there first."""
    there = Stock.objects.filter(quantity__gt=0).select_related("place").order_by("place__path")
    return Item.objects.prefetch_related(Prefetch("stocks", there, to_attr="there")).order_by("name", "pk")


def get_item(pk: int) -> Item:
    """Raises Missing."""
    found = items().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这样东西。"))
    return found


def movements(item: Item) -> QuerySet[Movement]:
    """The latest first."""
    return item.movements.select_related("place", "to_place", "by", "item").order_by("-pk")


def donations() -> QuerySet[Donation]:
    lines = DonationLine.objects.select_related("item")
    related = Donation.objects.select_related("organization", "place", "recorded_by")
    return related.prefetch_related(Prefetch("lines", lines)).order_by("-year", "-serial")


def get_donation(pk: int) -> Donation:
    """Raises Missing."""
    found = donations().filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这笔捐赠。"))
    return found


def donation_by_number(number: str) -> Donation:
    """2020-0001. Raises Missing."""
    year, _dash, serial = number.partition("-")
    readable = year.isdecimal() and serial.isdecimal() and len(number) <= 12
    found = donations().filter(year=int(year), serial=int(serial)).first() if readable else None
    if found is None:
        raise Missing(_("没有这个号的收据，请核对。"))
    return found


def allocations(account: Account, state: str = "") -> QuerySet[Allocation]:
    """A community worker's: what goes out of or comes into the own communities."""
    found = Allocation.objects.select_related("item", "place", "community", "allocated_by").order_by("-pk")
    if not account.holds(Role.OFFICE_CLERK, Role.OFFICE_LEADER, Role.AUDITOR):
        own = [place.pk for place in kept_places(account)]
        found = found.filter(place__in=own) | found.filter(community__in=own)
    return found.filter(state=state) if state in Allocation.State.values else found


def get_allocation(account: Account, pk: int) -> Allocation:
    """Raises Missing, also for one that the account may not know of."""
    found = allocations(account).select_related("signature", "ended_by").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这笔分配。"))
    return found


def kept_places(account: Account) -> list[Place]:
    """Where the account keeps goods: a clerk in the office and everywhere, a worker in the own communities."""
    found = places().filter(level__in=KEEPING_LEVELS)
    if account.holds(Role.OFFICE_CLERK):
        return list(found)
    paths = account.community_paths()
    return [place for place in found if any(f"{place.path}/".startswith(f"{path}/") for path in paths)]


def receiving_communities() -> QuerySet[Place]:
    return communities()


def stock_in(place: Place) -> list[Stock]:
    """What the books say lies there, for a stock-taking; what lay there once too, since some of it may be found."""
    return list(Stock.objects.filter(place=place).select_related("item").order_by("item__name", "pk"))


def counts() -> QuerySet[StockCount]:
    return StockCount.objects.select_related("place", "counted_by").annotate(kinds=Count("lines")).order_by("-pk")


def get_count(pk: int) -> StockCount:
    """Raises Missing."""
    found = counts().prefetch_related("lines__item").filter(pk=pk).first()
    if found is None:
        raise Missing(_("没有这次盘点。"))
    return found


@dataclass(frozen=True)
class Gone:
    """Where some of an item went: to a community, and to how many households there. No household is named."""

    item: Item
    community: str
    quantity: Decimal
    households: int

    @property
    def told(self) -> str:
        return self.item.told(self.quantity)


def gone(only: Sequence[Item] | None = None) -> list[Gone]:
    """Everything that was allocated and not returned."""
    given = Allocation.objects.exclude(state=Allocation.State.RETURNED)
    if only is not None:
        given = given.filter(item__in=only)
    rows = given.values("item", "community__name", "to_household").annotate(quantity=Sum("quantity"), times=Count("pk"))
    known = Item.objects.in_bulk({row["item"] for row in rows})
    summed: dict[tuple[int, str], list[Any]] = {}
    for row in rows.order_by("item__name", "community__path"):
        one = summed.setdefault((row["item"], row["community__name"]), [Decimal(0), 0])
        one[0] += row["quantity"]
        one[1] += row["times"] if row["to_household"] else 0
    return [Gone(known[item], place, quantity, times) for (item, place), (quantity, times) in summed.items()]


def written_off() -> QuerySet[Movement]:
    """What is no longer there, and why; the latest first."""
    found = Movement.objects.filter(kind__in=(Movement.Kind.WRITTEN_OFF, Movement.Kind.FOUND))
    return found.select_related("item", "place").order_by("-pk")
