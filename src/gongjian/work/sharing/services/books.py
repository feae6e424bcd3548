"""Posting movements. The database keeps the books; these checks say in words what it would refuse."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.locking import lock
from gongjian.registry.models import Account, Place
from gongjian.work.sharing.models import Item, Movement, Stock

MOST = Decimal(10_000_000)


def hold_items(items: list[Item]) -> None:
    """Until the transaction ends, so that what was checked still holds when it is posted."""
    lock(*(f"sharing.item:{item.pk}" for item in items))


def post(actor: Account, *, item: Item, place: Place, kind: str, quantity: Decimal, **details: Any) -> Movement:
    """Within a transaction that holds the item. `details`: to_place, reason, source."""
    movement = Movement(item=item, place=place, kind=kind, quantity=quantity, at=clock.now(), by=actor, **details)
    movement.save(force_insert=True)
    return movement


def check_quantity(item: Item, quantity: Decimal, *, field: str = "quantity") -> None:
    if not quantity.is_finite() or quantity <= 0:
        raise Invalid(_("%(item)s的数量要大于零。") % {"item": item}, code="not-positive", field=field)
    if quantity > MOST:
        raise Invalid(_("%(item)s的数量大得不合常理，请核对。") % {"item": item}, code="absurd", field=field)
    if item.whole and quantity != quantity.to_integral_value():
        raise Invalid(_("%(item)s按%(unit)s算，没有小数。") % {"item": item, "unit": item.unit}, code="fraction", field=field)
    if quantity != quantity.quantize(Decimal("0.01")):
        raise Invalid(_("数量最多写两位小数。"), code="precision", field=field)


def in_stock(item: Item, place: Place) -> Decimal:
    found = Stock.objects.filter(item=item, place=place).values_list("quantity", flat=True).first()
    return found if found is not None else Decimal(0)


def check_in_stock(item: Item, place: Place, quantity: Decimal) -> None:
    there = in_stock(item, place)
    if quantity > there:
        told = {"place": place, "item": item, "there": item.told(there)}
        raise Conflict(_("%(place)s的%(item)s只有%(there)s，不够。") % told, code="beyond-stock", field="quantity")
