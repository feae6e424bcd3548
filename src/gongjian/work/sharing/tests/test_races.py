"""Many at the same moment, over connections of their own."""

from functools import partial
from typing import Any

import pytest
from django_scopes import scope

from gongjian.kernel.tests.racing import at_once
from gongjian.ledger.catalogue import load_catalogue
from gongjian.registry.tests.factories import make_office
from gongjian.work.sharing.models import HOLDING, Booking
from gongjian.work.sharing.services import booking as services
from gongjian.work.sharing.services import holding
from gongjian.work.sharing.tests.factories import STRANGER, make_booking, make_venue, wanted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office() -> Any:
    load_catalogue()
    office = make_office()
    with scope(office=office):
        yield office


class TestTheLastSlot:
    def test_of_eight_one_gets_it_and_the_others_are_told(self, office: Any) -> None:
        venue = make_venue()
        became = at_once(office, *(partial(services.book_venue, STRANGER, venue=venue, wanted=wanted()) for _ in range(8)))
        assert became == {"done": 1, "taken": 7}
        assert Booking.objects.filter(state__in=HOLDING).count() == 1

    def test_without_taking_turns_the_constraint_still_lets_one_through(self, office: Any, monkeypatch: Any) -> None:
        """Nobody sees anybody: only the database is left, which answers with the constraint."""
        venue = make_venue()
        monkeypatch.setattr(services, "hold", lambda venue: None)
        monkeypatch.setattr(services, "check_free", lambda booking: None)
        became = at_once(office, *(partial(services.book_venue, STRANGER, venue=venue, wanted=wanted()) for _ in range(2)))
        assert became == {"done": 1, "taken": 1}

    def test_one_free_hour_goes_to_the_queue_and_not_to_who_comes_just_then(self, office: Any) -> None:
        venue = make_venue()
        first, waiting = make_booking(venue), make_booking(venue, wait=True)
        became = at_once(
            office,
            partial(services.cancel_by_link, STRANGER, booking=first),
            partial(services.book_venue, STRANGER, venue=venue, wanted=wanted()),
        )
        assert became == {"done": 1, "taken": 1}
        assert Booking.objects.get(pk=waiting.pk).state == "booked"

    def test_two_cancel_once(self, office: Any) -> None:
        booking = make_booking(make_venue())
        became = at_once(office, *(partial(services.cancel_by_link, STRANGER, booking=booking) for _ in range(2)))
        assert became == {"done": 1, "wrong-state": 1}


def test_holding_a_venue_is_for_transactions_only(office: Any) -> None:
    with pytest.raises(RuntimeError):
        holding.hold(make_venue())
