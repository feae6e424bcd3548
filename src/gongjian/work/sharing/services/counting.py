"""Taking stock: the books follow what was found, and every difference says why."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.registry.models import Account, Place
from gongjian.work.sharing.models import CountLine, Item, Movement, StockCount
from gongjian.work.sharing.services.books import check_quantity, hold_items, in_stock, post


@dataclass(frozen=True)
class Counted:
    """`expected`: what the books said when the sheet was made."""

    item: Item
    expected: Decimal
    counted: Decimal
    reason: str = ""


@transaction.atomic
def take_stock(actor: Account, *, place: Place, lines: Sequence[Counted]) -> StockCount:
    """Less than expected is written off, more is a find. Raises Conflict if goods moved while somebody counted."""
    require(actor, "sharing.keep_goods", place)
    if not lines:
        raise Invalid(_("这里没有要盘的东西。"), code="nothing")
    hold_items([line.item for line in lines])
    for line in lines:
        _check(line, place)
    count = StockCount.objects.create(office=actor.office, place=place, counted_at=clock.now(), counted_by=actor)
    CountLine.objects.bulk_create(
        [CountLine(count=count, item=w.item, expected=w.expected, counted=w.counted, reason=w.reason.strip()) for w in lines]
    )
    for line in lines:
        _post(actor, count, line)
    audit.record(actor, "sharing.take_stock", count)
    return count


def _check(line: Counted, place: Place) -> None:
    field = f"counted_{line.item.pk}"
    if line.counted < 0:
        raise Invalid(_("%(item)s的实数不能小于零。") % {"item": line.item}, code="negative", field=field)
    if line.counted > 0:
        check_quantity(line.item, line.counted, field=field)
    if in_stock(line.item, place) != line.expected:
        sentence = _("盘点的时候，%(item)s有出入库。请刷新，照新的账再核一遍。")
        raise Conflict(sentence % {"item": line.item}, code="moved-meanwhile", field=field)
    if line.counted != line.expected and len(line.reason.strip()) < 2:
        sentence = _("%(item)s账实不符，请写明差在哪里。")
        raise Invalid(sentence % {"item": line.item}, code="reason", field=f"reason_{line.item.pk}")


def _post(actor: Account, count: StockCount, line: Counted) -> None:
    difference = line.counted - line.expected
    if difference:
        kind = Movement.Kind.FOUND if difference > 0 else Movement.Kind.WRITTEN_OFF
        post(
            actor,
            item=line.item,
            place=count.place,
            kind=kind,
            quantity=abs(difference),
            reason=line.reason.strip(),
            source=f"count:{count.pk}",
        )
