"""Makers of goods, through the services that pages call."""

import io
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import get_scope

from gongjian.kernel import clock
from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.models import DeedKind
from gongjian.registry.models import Account
from gongjian.registry.tests.factories import first_community, make_clerk, make_organization
from gongjian.work.sharing.models import Allocation, Donation, Item
from gongjian.work.sharing.services.allocating import allocate
from gongjian.work.sharing.services.donating import Gift, Goods, receive_donation

COMPUTERS = Goods("电脑", Decimal(10), "台")


def make_gift(*goods: Goods, **more: Any) -> Gift:
    """Through a charity, into the first community."""
    office = get_scope()["office"]
    values = {"channel": "charity", "via": "样例慈善会", "document": "样例票据 1 号", "purpose": "社区办公", **more}
    values.setdefault("place", first_community(office))
    values.setdefault("organization", make_organization(office))
    values.setdefault("received_on", clock.today())
    return Gift(goods=goods or (COMPUTERS,), **values)


def make_donation(*goods: Goods, by: Account | None = None, **more: Any) -> Donation:
    if not DeedKind.objects.exists():
        load_catalogue()
    return receive_donation(by or make_clerk(get_scope()["office"]), gift=make_gift(*goods, **more))


def make_item(quantity: int = 10, *, name: str = "电脑", unit: str = "台") -> Item:
    """Some of it in the first community."""
    make_donation(Goods(name, Decimal(quantity), unit))
    return Item.objects.get(name=name)


def make_allocation(item: Item, quantity: int = 3, *, by: Account | None = None, **more: Any) -> Allocation:
    office = get_scope()["office"]
    values = {"place": first_community(office), "community": first_community(office), "purpose": "社区办公", **more}
    return allocate(by or make_clerk(office), item=item, quantity=Decimal(quantity), **values)


def make_signature(color: str = "black") -> SimpleUploadedFile:
    from PIL import Image

    content = io.BytesIO()
    Image.new("RGB", (300, 120), color).save(content, "PNG")
    return SimpleUploadedFile("signature.png", content.getvalue(), "image/png")


def books(item: Item) -> tuple[int, int, int, int]:
    """Received, in stock, allocated, written off; as the database has them now."""
    row = Item.objects.filter(pk=item.pk).values_list("received", "in_stock", "allocated", "written_off").get()
    return tuple(map(int, row))  # type: ignore[return-value]
