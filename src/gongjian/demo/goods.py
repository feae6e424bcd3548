"""Donated goods: what came in 2020, where each community's share went, one stock-taking; and a gift among neighbors."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.utils import timezone

from gongjian.demo.confirming import Event, confirm, evidence_of, when, within_the_day
from gongjian.demo.facts import Facts, read
from gongjian.demo.pictures import draw_sample
from gongjian.kernel import clock
from gongjian.ledger.models import Deed, Level
from gongjian.registry.models import Account, Place
from gongjian.registry.selectors import communities, find_organization
from gongjian.work.sharing.forms.goods import GoodsField
from gongjian.work.sharing.models import Allocation, Donation, Item, StockCount
from gongjian.work.sharing.selectors.goods import stock_in
from gongjian.work.sharing.services.allocating import allocate, hand_over, write_off
from gongjian.work.sharing.services.counting import Counted, take_stock
from gongjian.work.sharing.services.donating import Gift, receive_donation
from gongjian.work.sharing.services.venues import Given

PAPERS = ("via", "document", "arranged", "donor", "naming")


def donated_in_the_year(organizations: dict[str, Facts]) -> Iterator[Event]:
    """The clerk takes them in; the community in which the donor sits stands behind the deed."""
    for told in read("sharing")["donation"]:
        facts = told | {"key": f"{told['doer']}-{told['key']}"}
        received = within_the_day(facts["recorded"], facts["key"])
        donor = organizations[facts["doer"]]
        yield Event(received, partial(_receive, facts, donor))
        yield Event(received + timedelta(days=3), partial(_confirm, facts, donor))
        yield Event(received + timedelta(days=1), partial(_share_out, facts))
    counting = read("sharing")["stock_taking"]
    yield Event(within_the_day(counting["recorded"], "stock-taking"), partial(_take_stock, counting))


def _store() -> Place:
    return Place.objects.get(level=Place.Level.SUBDISTRICT)


def _clerk() -> Account:
    return Account.objects.get(username="clerk")


def _gift(facts: Facts, place: Place, day: date, **more: Any) -> Gift:
    goods = GoodsField().clean("\n".join(facts["goods"]))
    papers = {name: facts[name] for name in PAPERS if name in facts}
    return Gift(goods=goods, purpose=facts["purpose"], place=place, received_on=day, **papers, **more)


def _known(facts: Facts) -> Donation | None:
    return Donation.objects.filter(document=facts["document"]).first()


def _receive(facts: Facts, donor: Facts) -> None:
    """The deed stands where the donor sits, so that its community can confirm it."""
    if _known(facts):
        return
    actor, dates = _clerk(), when(facts)
    given = Given(
        first=dates["occurred_from"],
        last=dates.get("occurred_to"),
        precision=dates.get("precision", Deed.Precision.DAY),
        statement=facts["statement"],
        beneficiary=facts["beneficiary"],
        evidence=[evidence_of(actor, facts, "现场")],
        place=Place.objects.get(code=donor["community"]),
    )
    organization = find_organization(donor["name"])
    day = date.fromisoformat(facts["recorded"])
    gift = _gift(facts, _store(), day, channel=facts["channel"], organization=organization)
    receive_donation(actor, gift=gift, given=given)


def _confirm(facts: Facts, donor: Facts) -> None:
    donation = _known(facts)
    assert donation is not None
    deed = Deed.objects.select_related("place", "organization").get(source_room="sharing", source_key=f"donation:{donation.pk}")
    confirm(facts, deed, f"community-{donor['community'][-3:]}", Level.COMMUNITY)


def _share_out(facts: Facts) -> None:
    """The same to every community, signed for by its worker; what was spoilt is written off."""
    clerk, store = _clerk(), _store()
    if Allocation.objects.filter(item__name=facts["shares"][0][0]).exists():
        return
    for name, quantity, purpose in facts["shares"]:
        item = Item.objects.get(name=name)
        for community in communities():
            made = allocate(clerk, item=item, place=store, quantity=Decimal(quantity), community=community, purpose=purpose)
            _sign(made)
    if "spoilt" in facts:
        name, amount, reason = facts["spoilt"]
        write_off(clerk, item=Item.objects.get(name=name), place=store, quantity=Decimal(amount), reason=reason)


def _sign(made: Allocation) -> None:
    worker = Account.objects.get(username=f"community-{made.community.code[-3:]}")
    picture = draw_sample(f"signature-{made.pk}", title=f"{worker.name} 签收", subtitle=made.told, taken=clock.now())
    hand_over(worker, allocation=made, receiver=worker.name, signature=picture)


def _take_stock(facts: Facts) -> None:
    """All as in the books, but for what is missing."""
    store = _store()
    if StockCount.objects.exists():
        return
    name, less, reason = facts["missing"]
    found = {stock.item: stock.quantity - less if stock.item.name == name else stock.quantity for stock in stock_in(store)}
    lines = [
        Counted(stock.item, stock.quantity, found[stock.item], reason if found[stock.item] != stock.quantity else "")
        for stock in stock_in(store)
    ]
    take_stock(_clerk(), place=store, lines=lines)


def help_each_other() -> None:
    """Three days ago, in a community; one waits for its signature."""
    for facts in read("sharing")["mutual"]:
        place = Place.objects.get(code=facts["community"])
        with clock.set_to(timezone.now() - timedelta(days=3)):
            worker = Account.objects.get(username=f"community-{place.code[-3:]}")
            gift = _gift(facts, place, clock.today(), channel="mutual")
            item = receive_donation(worker, gift=gift).lines.get().item
            allocate(
                worker,
                item=item,
                place=place,
                quantity=Decimal(1),
                community=place,
                purpose=facts["purpose"],
                household=facts["household"],
            )
