"""What the issue of these rooms names as bad input and no other file tests: a clear message, nothing changed."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, DomainError, Invalid
from gongjian.registry.tests.factories import first_community, make_clerk, make_community
from gongjian.work.sharing.hours import span
from gongjian.work.sharing.models import Booking, Movement
from gongjian.work.sharing.services.allocating import allocate, move_stock, write_off
from gongjian.work.sharing.services.settling import settle_month
from gongjian.work.sharing.services.venues import close_days
from gongjian.work.sharing.tests.factories import STRANGER, make_booking, make_keeper, make_venue, wanted
from gongjian.work.sharing.tests.goods import books, make_item

pytestmark = pytest.mark.django_db


class TestQuantities:
    @pytest.mark.parametrize(
        ("quantity", "says"), [("-1", "大于零"), ("0", "大于零"), ("0.5", "没有小数"), ("11", "不够"), ("Infinity", "大于零")]
    )
    @pytest.mark.parametrize("act", ["allocate", "write_off", "move"])
    def test_nothing_leaves_the_stock(self, office: Any, act: str, quantity: str, says: str) -> None:
        item, clerk, here = make_item(10), make_clerk(office), first_community(office)
        told = {"item": item, "place": here, "quantity": Decimal(quantity)}
        acts = {
            "allocate": lambda: allocate(clerk, community=here, purpose="社区办公", **told),
            "write_off": lambda: write_off(clerk, reason="摔坏", **told),
            "move": lambda: move_stock(clerk, to_place=make_community(office), **told),
        }
        with pytest.raises(DomainError, match=says) as refused:
            acts[act]()
        assert refused.value.field == "quantity"
        assert (books(item), Movement.objects.count()) == ((10, 10, 0, 0), 1)


class TestDays:
    @pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
    def test_the_first_and_the_last_of_all_days(self, day: date) -> None:
        with pytest.raises(Invalid, match="没有这样的日子") as refused:
            span(day, time(9), time.min)
        assert refused.value.field == "day"

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_on_the_pages_too(self, client: Client, office: Any, day: str) -> None:
        venue = make_venue()
        assert client.get(reverse("sharing:venue", args=[venue.pk]), {"week": day}).status_code == 200
        told = {
            "day": day,
            "begins": "23:00",
            "ends": "00:00",
            "title": "合唱排练",
            "people": 8,
            "name": "样例",
            "phone": "13800001111",
        }
        answer = client.post(reverse("sharing:book", args=[venue.pk]), told)
        assert answer.status_code == 422
        assert "没有这样的日子" in answer.content.decode()
        assert not Booking.objects.exists()

    def test_a_closure_at_the_end_of_the_world(self, office: Any) -> None:
        venue = make_venue()
        with pytest.raises(Invalid, match="核对年份"):
            close_days(make_keeper(venue), venue=venue, first=date(9999, 12, 1), last=date(9999, 12, 31), reason="检修")

    def test_settling_the_last_of_all_months(self, office: Any) -> None:
        venue = make_venue()
        with pytest.raises(Conflict, match="没有过完"):
            settle_month(make_keeper(venue), venue=venue, month=date(9999, 12, 1))

    def test_a_booking_that_began_a_minute_ago(self, office: Any) -> None:
        venue = make_venue()
        asked = wanted()
        with clock.set_to(asked.begins + timedelta(minutes=1)), pytest.raises(Invalid, match="已经过去") as refused:
            make_booking(venue, 9, 10, day=asked.begins.astimezone().date(), by=STRANGER)
        assert refused.value.field == "begins"
        assert not Booking.objects.exists()
