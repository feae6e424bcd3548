from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_organization
from gongjian.work.sharing.hours import midnight
from gongjian.work.sharing.models import Booking, Settlement, Venue
from gongjian.work.sharing.selectors.desk import desk_items
from gongjian.work.sharing.services.attending import count_attendance, record_no_show
from gongjian.work.sharing.services.settling import last_day_of, settle_month
from gongjian.work.sharing.tests.factories import make_booking, make_keeper, make_venue


@pytest.fixture
def venue(office: Any) -> Venue:
    return make_venue(area=Decimal(620))


@pytest.fixture
def used(venue: Venue) -> Booking:
    """Two hours, seen by somebody."""
    return make_booking(venue, 9, 11)


def after(booking: Booking) -> Any:
    """When the month of the booking is over."""
    first = booking.begins.date().replace(day=1)
    return clock.set_to(midnight(last_day_of(first) + timedelta(days=2)))


class TestCounting:
    def test_not_before_it_begins(self, venue: Venue, used: Booking) -> None:
        with pytest.raises(Conflict, match="还没有开始"):
            count_attendance(make_keeper(venue), booking=used, visitors=3)

    @pytest.mark.parametrize("visitors", [0, -3, 10_001])
    def test_nobody_or_an_absurd_number(self, venue: Venue, used: Booking, visitors: int) -> None:
        with clock.set_to(used.period.upper), pytest.raises(Invalid, match="到场人次"):
            count_attendance(make_keeper(venue), booking=used, visitors=visitors)

    def test_is_mended_until_the_month_is_settled(self, venue: Venue, used: Booking) -> None:
        keeper = make_keeper(venue)
        with clock.set_to(used.period.upper):
            count_attendance(keeper, booking=used, visitors=20)
            record_no_show(keeper, booking=used)
            assert count_attendance(keeper, booking=used, visitors=21).visitors == 21
        with after(used):
            settle_month(keeper, venue=venue, month=used.begins.date())
            with pytest.raises(Conflict, match="已经结算"):
                count_attendance(keeper, booking=used, visitors=22)

    def test_the_desk_asks_for_it(self, venue: Venue, used: Booking) -> None:
        keeper = make_keeper(venue)
        assert not desk_items(keeper)
        with clock.set_to(used.period.upper):
            assert [item.title for item in desk_items(keeper)] == [used.title]
            assert not desk_items(make_account(venue.office, Role.UNIT_LIAISON, organization=make_organization(venue.office)))


class TestSettling:
    def test_hours_and_visitors_become_deeds_of_the_giver_once(self, venue: Venue, used: Booking) -> None:
        keeper = make_keeper(venue)
        missed = make_booking(venue, 14, 15)
        with after(used):
            count_attendance(keeper, booking=used, visitors=35)
            record_no_show(keeper, booking=missed)
            assert any(str(item.action) == "结算" for item in desk_items(keeper))
            settled = settle_month(keeper, venue=venue, month=used.begins.date())
            with pytest.raises(Conflict, match="结算过了"):
                settle_month(keeper, venue=venue, month=used.begins.date())
        assert (settled.bookings, settled.hours, settled.visitors, settled.no_shows) == (1, Decimal(2), 35, 1)
        assert settled.floor_hours == Decimal(1240)
        deeds = {deed.kind_id: deed for deed in Deed.objects.exclude(kind="space-area")}
        assert {kind: deed.quantity for kind, deed in deeds.items()} == {"space-hours": 2, "space-visitors": 35}
        assert {deed.organization for deed in deeds.values()} == {venue.organization}
        assert "620平方米" in deeds["space-hours"].told

    def test_not_before_everybody_is_counted(self, venue: Venue, used: Booking) -> None:
        with after(used), pytest.raises(Conflict, match="还有 1 次"):
            settle_month(make_keeper(venue), venue=venue, month=used.begins.date())

    def test_not_before_the_month_is_over(self, venue: Venue) -> None:
        with pytest.raises(Conflict, match="没有过完"):
            settle_month(make_keeper(venue), venue=venue, month=clock.today())

    def test_a_month_without_use_leaves_no_deed(self, venue: Venue, used: Booking) -> None:
        keeper, before = make_keeper(venue), Deed.objects.count()
        with after(used):
            record_no_show(keeper, booking=used)
            assert settle_month(keeper, venue=venue, month=used.begins.date()).hours == 0
        assert Deed.objects.count() == before

    def test_by_nobody_else(self, venue: Venue) -> None:
        stranger = make_account(venue.office, Role.UNIT_LIAISON, organization=make_organization(venue.office))
        with pytest.raises(NotAllowed):
            settle_month(stranger, venue=venue, month=clock.today())

    def test_the_database_keeps_it_to_one(self, venue: Venue, used: Booking) -> None:
        with after(used):
            record_no_show(make_keeper(venue), booking=used)
            settled = settle_month(make_keeper(venue), venue=venue, month=used.begins.date())
        settled.pk = None
        with pytest.raises(IntegrityError, match="settlement_once"), transaction.atomic():
            Settlement.objects.bulk_create([settled])


class TestSharing:
    def test_a_venue_is_a_deed_of_its_giver(self, venue: Venue) -> None:
        deed = Deed.objects.get()
        assert (deed.kind_id, deed.quantity, deed.organization) == ("space-area", Decimal(620), venue.organization)
        assert deed.source_room == "sharing"

    def test_a_reading_room_counts_as_one(self, office: Any) -> None:
        make_venue(kind="reading", area=Decimal(80))
        assert Deed.objects.get().kind_id == "reading-room"

    def test_one_name_in_one_place(self, venue: Venue) -> None:
        with pytest.raises(Conflict, match="同名"):
            make_venue(name=venue.name)
