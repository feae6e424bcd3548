"""Taking a donation in: receipt, stock and deed at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Invalid
from gongjian.kernel.locking import lock
from gongjian.kernel.permissions import require
from gongjian.ledger.models import DeedKind
from gongjian.ledger.services import DeedSource, record_deed
from gongjian.registry.models import Account, Office, Organization, Place
from gongjian.work.sharing.models import Channel, Donation, DonationLine, Item, Movement
from gongjian.work.sharing.services.books import check_quantity, hold_items, post
from gongjian.work.sharing.services.channels import check_channel
from gongjian.work.sharing.services.venues import Given

DIVISIBLE = frozenset({"公斤", "千克", "斤", "吨", "升", "米", "平方米", "kg"})
"""Measures of which there are fractions; everything else is counted in pieces."""


@dataclass(frozen=True)
class Goods:
    """A line as it is written: 电脑, 10, 台."""

    name: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True)
class Gift:
    """What comes, from whom, by which channel, for what."""

    channel: str
    goods: Sequence[Goods]
    purpose: str
    place: Place
    received_on: date
    organization: Organization | None = None
    arranged: bool = False
    donor: str = ""
    naming: bool = False
    via: str = ""
    document: str = ""


@transaction.atomic
def receive_donation(actor: Account, *, gift: Gift, given: Given | None = None) -> Donation:
    """An organization's donation is its deed, told as `given`. Raises Invalid for what the law or the books do not allow."""
    require(actor, "sharing.keep_goods", gift.place)
    _check(gift)
    lines = [(_item(actor.office, goods), goods.quantity) for goods in gift.goods]
    _check_lines(lines)
    hold_items([item for item, _quantity in lines])
    donation = _numbered(actor, gift)
    DonationLine.objects.bulk_create([DonationLine(donation=donation, item=item, quantity=q) for item, q in lines])
    for item, quantity in lines:
        source = f"donation:{donation.pk}"
        post(actor, item=item, place=gift.place, kind=Movement.Kind.RECEIVED, quantity=quantity, source=source)
    if gift.organization is not None:
        _record(actor, donation, lines, given or Given())
    audit.record(actor, "sharing.receive_donation", donation)
    return donation


def _check(gift: Gift) -> None:
    check_channel(channel=gift.channel, via=gift.via, document=gift.document, organization=gift.organization, place=gift.place)
    if not gift.goods:
        raise Invalid(_("请写收到了什么、多少。"), code="goods", field="goods")
    if len(gift.purpose.strip()) < 2:
        raise Invalid(_("请写明用途。"), code="purpose", field="purpose")
    if gift.received_on > clock.today():
        raise Invalid(_("收到日期在今天之后。"), code="in-future", field="received_on")
    if gift.arranged and gift.organization is None:
        raise Invalid(_("请选牵线的是哪个单位。"), code="organization", field="organization")


def _item(office: Office, goods: Goods) -> Item:
    name, unit = goods.name.strip(), goods.unit.strip()
    defaults = {"whole": unit not in DIVISIBLE}
    return Item.objects.get_or_create(office=office, name=name, unit=unit, defaults=defaults)[0]


def _check_lines(lines: list[tuple[Item, Decimal]]) -> None:
    for item, quantity in lines:
        check_quantity(item, quantity, field="goods")
    if len({item.pk for item, _quantity in lines}) < len(lines):
        raise Invalid(_("同一样东西写了两行，请合成一行。"), code="twice", field="goods")


def _numbered(actor: Account, gift: Gift) -> Donation:
    """The next number of the year, without gaps."""
    year = gift.received_on.year
    lock(f"sharing.donations:{actor.office_id}:{year}")
    last = Donation.objects.filter(year=year).aggregate(last=Max("serial"))["last"] or 0
    values: dict[str, Any] = {name: getattr(gift, name) for name in ("channel", "place", "received_on", "organization")}
    words = {name: getattr(gift, name).strip() for name in ("purpose", "donor", "via", "document")}
    return Donation.objects.create(
        office=actor.office,
        year=year,
        serial=last + 1,
        arranged=gift.arranged,
        naming=gift.naming,
        recorded_at=clock.now(),
        recorded_by=actor,
        **values,
        **words,
    )


def _record(actor: Account, donation: Donation, lines: list[tuple[Item, Decimal]], given: Given) -> None:
    """Pieces of one kind are counted; several kinds have no common unit, and what was arranged was given by others."""
    told = "、".join(f"{item.name}{item.told(quantity)}" for item, quantity in lines)
    counted = len(lines) == 1 and lines[0][0].whole and not donation.arranged
    kind = "donation-arranged" if donation.arranged else "donated-goods" if counted else "goods-donated"
    with override("zh-hans"):  # the ledger is Chinese, whatever language the clerk reads just now
        words = f"{'联系' if donation.arranged else ''}捐赠{told}，用于{donation.purpose}（{Channel(donation.channel).label}）"
    day = given.first or donation.received_on
    record_deed(
        actor,
        kind=DeedKind.objects.get(code=kind),
        place=given.place or donation.place,
        organization=donation.organization,
        statement=given.statement or words,
        quantity=lines[0][1] if counted else None,
        beneficiary=given.beneficiary,
        occurred_from=day,
        occurred_to=given.last or day,
        precision=given.precision,
        evidence=given.evidence,
        source=DeedSource("sharing", f"donation:{donation.pk}"),
    )
