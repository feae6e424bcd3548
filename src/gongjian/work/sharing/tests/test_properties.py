"""Whatever is done in whatever order: the books balance at every moment, and no two bookings share a minute."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from gongjian.kernel.errors import DomainError
from gongjian.registry.tests.factories import first_community, make_clerk, make_community
from gongjian.work.sharing.models import HOLDING, Allocation, Booking, Item, Movement, Stock
from gongjian.work.sharing.services.allocating import allocate, hand_over, move_stock, return_goods, write_off
from gongjian.work.sharing.services.booking import cancel_by_link
from gongjian.work.sharing.services.books import in_stock
from gongjian.work.sharing.services.counting import Counted, take_stock
from gongjian.work.sharing.services.deciding import accept_booking, refuse_booking
from gongjian.work.sharing.services.donating import Goods
from gongjian.work.sharing.tests.factories import STRANGER, make_booking, make_keeper, make_venue, tomorrow
from gongjian.work.sharing.tests.goods import make_donation, make_item, make_signature

FEW = settings(max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck), database=None)
quantities = st.decimals(min_value=-2, max_value=30, places=1) | st.integers(1, 30).map(Decimal)
places = st.integers(0, 1)


class Undone(RuleBasedStateMachine):
    """Each example in a transaction of its own that is rolled back."""

    office: Any

    def __init__(self) -> None:
        super().__init__()
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self.begin()

    def begin(self) -> None: ...

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)

    def attempt(self, act: Any) -> None:
        """What is refused changes nothing; that is what the invariants look at."""
        with suppress(DomainError):
            act()


class Goodsbook(Undone):
    """Beside the database a model of three numbers for each place."""

    def begin(self) -> None:
        self.clerk = make_clerk(self.office)
        self.places = [first_community(self.office), make_community(self.office)]
        self.item = make_item(10)

    @rule(quantity=quantities, where=places)
    def give(self, quantity: Decimal, where: int) -> None:
        self.attempt(lambda: make_donation(Goods("电脑", quantity, "台"), by=self.clerk, place=self.places[where]))

    @rule(quantity=quantities, where=places, to=places)
    def allocate(self, quantity: Decimal, where: int, to: int) -> None:
        values = {"place": self.places[where], "community": self.places[to], "quantity": quantity, "purpose": "办公"}
        self.attempt(lambda: allocate(self.clerk, item=self.item, **values))

    @rule(sign=st.booleans())
    def end(self, sign: bool) -> None:
        allocation = Allocation.objects.order_by("?").first()
        if allocation is None:
            return
        if sign:
            self.attempt(lambda: hand_over(self.clerk, allocation=allocation, receiver="样例", signature=make_signature()))
        else:
            self.attempt(lambda: return_goods(self.clerk, allocation=allocation, reason="没有来领"))

    @rule(quantity=quantities, where=places)
    def spoil(self, quantity: Decimal, where: int) -> None:
        values = {"place": self.places[where], "quantity": quantity, "reason": "损坏"}
        self.attempt(lambda: write_off(self.clerk, item=self.item, **values))

    @rule(quantity=quantities, where=places, to=places)
    def move(self, quantity: Decimal, where: int, to: int) -> None:
        values = {"place": self.places[where], "to_place": self.places[to], "quantity": quantity}
        self.attempt(lambda: move_stock(self.clerk, item=self.item, **values))

    @rule(counted=quantities, where=places, reason=st.sampled_from(["", "点错了"]))
    def count(self, counted: Decimal, where: int, reason: str) -> None:
        expected = in_stock(self.item, self.places[where])
        lines = [Counted(self.item, expected, counted, reason)]
        self.attempt(lambda: take_stock(self.clerk, place=self.places[where], lines=lines))

    @invariant()
    def the_books_balance(self) -> None:
        item = Item.objects.get(pk=self.item.pk)
        assert item.received == item.in_stock + item.allocated + item.written_off
        assert item.in_stock == Stock.objects.filter(item=item).aggregate(all=Sum("quantity"))["all"]
        assert not Stock.objects.filter(quantity__lt=0).exists()

    @invariant()
    def they_balanced_at_every_moment_before(self) -> None:
        """The movements alone tell the same, up to each of them."""
        received = stock = allocated = written_off = Decimal(0)
        for kind, quantity in Movement.objects.filter(item=self.item).order_by("pk").values_list("kind", "quantity"):
            received += quantity if kind in ("received", "found") else 0
            allocated += {"allocated": quantity, "returned": -quantity}.get(kind, Decimal(0))
            written_off += quantity if kind == "written_off" else 0
            stock = received - allocated - written_off
            assert min(stock, allocated, written_off) >= 0
        item = Item.objects.get(pk=self.item.pk)
        assert (received, stock, allocated, written_off) == (
            item.received, item.in_stock, item.allocated, item.written_off
        )  # fmt: skip


class Roombook(Undone):
    def begin(self) -> None:
        self.venue = make_venue(approval=True)
        self.keeper = make_keeper(self.venue)

    def any_booking(self, state: str) -> Booking | None:
        return Booking.objects.select_related("venue").filter(state=state).order_by("?").first()

    @rule(begins=st.integers(7, 19), lasts=st.integers(-1, 5), days=st.integers(0, 1), wait=st.booleans(), own=st.booleans())
    def book(self, begins: int, lasts: int, days: int, wait: bool, own: bool) -> None:
        day, by = tomorrow() + timedelta(days=days), self.keeper if own else STRANGER
        self.attempt(lambda: make_booking(self.venue, begins, begins + lasts, day=day, wait=wait, by=by))

    @rule(state=st.sampled_from(["requested", "waiting", "booked", "refused"]))
    def cancel(self, state: str) -> None:
        if booking := self.any_booking(state):
            self.attempt(lambda: cancel_by_link(STRANGER, booking=booking))

    @rule(agree=st.booleans())
    def answer(self, agree: bool) -> None:
        if booking := self.any_booking("requested"):
            act = accept_booking if agree else lambda *who, **what: refuse_booking(*who, reason="有会", **what)
            self.attempt(lambda: act(self.keeper, booking=booking))

    @invariant()
    def nobody_shares_a_minute(self) -> None:
        held = list(Booking.objects.filter(venue=self.venue, state__in=HOLDING).order_by("period"))
        assert all(one.period.upper <= other.period.lower for one, other in pairwise(held))

    @invariant()
    def whoever_waits_waits_for_somebody(self) -> None:
        for waiting in Booking.objects.filter(state="waiting"):
            assert Booking.objects.filter(venue=self.venue, state__in=HOLDING, period__overlap=waiting.period).exists()


@pytest.mark.parametrize("machine", [Goodsbook, Roombook])
def test_it_holds_whatever_is_done(machine: Any, office: Any) -> None:
    machine.office = office
    run_state_machine_as_test(machine, settings=FEW)
