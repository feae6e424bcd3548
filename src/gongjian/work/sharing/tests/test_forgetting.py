from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.registry.models import Role
from gongjian.registry.services.people import enter_person
from gongjian.registry.services.rights import copy_of_person, erase_person
from gongjian.registry.tests.factories import make_account, make_clerk
from gongjian.work.sharing.models import Booking
from gongjian.work.sharing.services.attending import count_attendance
from gongjian.work.sharing.services.forgetting import KEPT
from gongjian.work.sharing.tasks import forget_old_bookers
from gongjian.work.sharing.tests.factories import make_booking, make_keeper, make_venue

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
BASIS = "本人到窗口，核对身份证"


def left(booking: Booking) -> tuple[Any, ...]:
    found = Booking.objects.get(pk=booking.pk)
    return found.state, found.name, found.phone, found.phone_mark


class TestByTime:
    def test_names_and_telephones_go_and_what_was_counted_stays(self, office: Any) -> None:
        venue = make_venue()
        booking = make_booking(venue)
        with clock.set_to(booking.period.upper):
            count_attendance(make_keeper(venue), booking=booking, visitors=7)
        with clock.set_to(booking.period.upper + KEPT - timedelta(minutes=1)):
            forget_old_bookers(0)
            assert left(booking)[1] == "样例居民"
        with clock.set_to(booking.period.upper + KEPT + timedelta(minutes=1)):
            forget_old_bookers(0)
        assert left(booking) == ("used", None, None, "")
        assert Booking.objects.get().visitors == 7

    def test_their_pages_say_so(self, client: Client, office: Any) -> None:
        venue = make_venue()
        booking = make_booking(venue)
        with clock.set_to(booking.period.upper + 2 * KEPT):
            forget_old_bookers(0)
        client.force_login(make_keeper(venue), backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        for url in (reverse("sharing:booking", args=[booking.pk]), reverse("sharing:follow", args=[booking.token])):
            page = client.get(url).content.decode()
            assert "已经按期删去" in page
            assert "None" not in page


class TestOnRequest:
    def test_the_copy_holds_what_was_left(self, office: Any) -> None:
        clerk = make_clerk(office)
        person = enter_person(clerk, name="样例居民", phone=PHONE)
        make_booking(make_venue(), phone=PHONE)
        (told,) = copy_of_person(clerk, person=person, basis=BASIS)["sharing"]["bookings"]
        assert (told["name"], told["phone"], told["title"]) == ("样例居民", PHONE, "合唱排练")

    def test_deleted_it_is_gone_and_what_lay_ahead_goes_to_who_waits(self, office: Any) -> None:
        clerk = make_clerk(office)
        person = enter_person(clerk, name="样例居民", phone=PHONE)
        venue = make_venue()
        theirs, waiting, other = make_booking(venue, phone=PHONE), make_booking(venue, wait=True), make_booking(venue, 11, 12)
        erase_person(clerk, person=person, basis=BASIS)
        assert left(theirs) == ("cancelled", None, None, "")
        assert left(waiting)[0] == "booked"
        assert left(other)[1] == "样例居民"

    def test_also_what_they_booked_with_an_account(self, office: Any) -> None:
        clerk = make_clerk(office)
        person = enter_person(clerk, name="样例居民", phone=PHONE)
        account = make_account(office, Role.RESIDENT)
        account.person, account.is_active = person, False
        account.save()
        booking = make_booking(make_venue(), by=account, phone="13900000000")
        erase_person(clerk, person=person, basis=BASIS)
        assert left(booking)[2] is None
