"""Giving goods out: allocated, signed for or returned; moved, written off."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.kernel import audit, clock
from gongjian.kernel.errors import Conflict, Invalid
from gongjian.kernel.permissions import require
from gongjian.ledger.services import take_in_evidence
from gongjian.registry.models import Account, Place
from gongjian.work.sharing.models import Allocation, Item, Movement
from gongjian.work.sharing.services.books import check_in_stock, check_quantity, hold_items, post


@transaction.atomic
def allocate(
    actor: Account, *, item: Item, place: Place, quantity: Decimal, community: Place, purpose: str, household: str = ""
) -> Allocation:
    """From the stock in `place`, to a community or a household in it. Raises Conflict beyond the stock."""
    require(actor, "sharing.keep_goods", place)
    if len(purpose.strip()) < 2:
        raise Invalid(_("请写明用途。"), code="purpose", field="purpose")
    _take(item, place, quantity)
    allocation = Allocation.objects.create(
        office=actor.office,
        item=item,
        place=place,
        quantity=quantity,
        community=community,
        household=household.strip(),
        to_household=bool(household.strip()),
        purpose=purpose.strip(),
        allocated_at=clock.now(),
        allocated_by=actor,
    )
    source = f"allocation:{allocation.pk}"
    post(actor, item=item, place=place, kind=Movement.Kind.ALLOCATED, quantity=quantity, source=source)
    audit.record(actor, "sharing.allocate", allocation)
    return allocation


def _take(item: Item, place: Place, quantity: Decimal) -> None:
    check_quantity(item, quantity)
    hold_items([item])
    check_in_stock(item, place, quantity)


@transaction.atomic
def hand_over(actor: Account, *, allocation: Allocation, receiver: str, signature: Any) -> Allocation:
    """`signature`: what was drawn on the screen, or a photo of the signed paper. Never public."""
    require(actor, "sharing.hand_over", allocation)
    if not receiver.strip():
        raise Invalid(_("请写签收人的名字。"), code="receiver", field="receiver")
    if not signature:
        raise Invalid(_("请在框里签名，或拍下签了名的单子。"), code="signature", field="photo")
    allocation = _waiting(allocation)
    allocation.hand_over()
    allocation.receiver = receiver.strip()
    allocation.signature = take_in_evidence(actor, file=signature, caption=f"签收：{allocation.told}")
    _end(actor, allocation, "sharing.hand_over")
    return allocation


@transaction.atomic
def return_goods(actor: Account, *, allocation: Allocation, reason: str) -> Allocation:
    """Not fetched or not wanted: back into the stock it came from."""
    require(actor, "sharing.keep_goods", allocation.place)
    words = checked_reason(reason)
    hold_items([allocation.item])
    allocation = _waiting(allocation)
    allocation.give_back()
    allocation.reason = words
    _end(actor, allocation, "sharing.return_goods")
    post(
        actor,
        item=allocation.item,
        place=allocation.place,
        kind=Movement.Kind.RETURNED,
        quantity=allocation.quantity,
        reason=words,
        source=f"allocation:{allocation.pk}",
    )
    return allocation


def _waiting(allocation: Allocation) -> Allocation:
    """Locked. Raises Conflict once it was signed for or returned."""
    found = (
        Allocation.objects.select_for_update(of=("self",)).select_related("item", "place", "community").get(pk=allocation.pk)
    )
    if found.state != Allocation.State.ALLOCATED:
        raise Conflict(_("这一笔已经签收或退回了。"), code="wrong-state")
    return found


def _end(actor: Account, allocation: Allocation, action: str) -> None:
    allocation.ended_at, allocation.ended_by = clock.now(), actor
    allocation.save()
    audit.record(actor, action, allocation)


@transaction.atomic
def write_off(actor: Account, *, item: Item, place: Place, quantity: Decimal, reason: str) -> Movement:
    """Spoilt, broken, expired. Raises Conflict beyond the stock."""
    require(actor, "sharing.keep_goods", place)
    words = checked_reason(reason)
    _take(item, place, quantity)
    movement = post(actor, item=item, place=place, kind=Movement.Kind.WRITTEN_OFF, quantity=quantity, reason=words)
    audit.record(actor, "sharing.write_off", item, quantity=str(quantity))
    return movement


@transaction.atomic
def move_stock(actor: Account, *, item: Item, place: Place, to_place: Place, quantity: Decimal) -> Movement:
    """From one place to another; whoever keeps the first may."""
    require(actor, "sharing.keep_goods", place)
    if place.pk == to_place.pk:
        raise Invalid(_("移出和移入是同一个地方。"), code="same-place", field="to_place")
    _take(item, place, quantity)
    movement = post(actor, item=item, place=place, kind=Movement.Kind.MOVED, quantity=quantity, to_place=to_place)
    audit.record(actor, "sharing.move_stock", item, quantity=str(quantity))
    return movement


def checked_reason(reason: str) -> str:
    words = reason.strip()
    if len(words) < 2:
        raise Invalid(_("请写明原因。"), code="reason", field="reason")
    return words[:200]
