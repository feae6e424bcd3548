from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.work.care.models import Credit, Pairing
from gongjian.work.care.selectors.crediting import uncredited_months
from gongjian.work.care.selectors.desk import desk_items
from gongjian.work.care.services.crediting import credit_visits
from gongjian.work.care.tests.factories import make_elder, make_liaison, make_pairing, make_visit, make_worker

MARCH = date(2026, 3, 1)


def at(day: int, hour: int = 10, month: int = 3) -> datetime:
    return timezone.make_aware(datetime.combine(date(2026, month, day), time(hour)))


@pytest.fixture
def pairing(office: Any) -> Pairing:
    """With a named carer of an organization."""
    with clock.set_to(at(1, 8)):
        organization = make_pairing().organization
        return make_pairing(organization=organization, carer=make_elder(name="演示街坊"))


def visited(pairing: Pairing, *days: int, month: int = 3, **more: Any) -> None:
    liaison = make_liaison(pairing)
    for day in days:
        with clock.set_to(at(day, 11, month)):
            make_visit(pairing, by=liaison, at=at(day, month=month), **more)


def credited(pairing: Pairing, first: date = MARCH, last: date = date(2026, 3, 31), day: int = 2) -> list[Credit]:
    with clock.set_to(at(day, month=4)):
        return credit_visits(make_worker(pairing), community=pairing.community, first=first, last=last)


class TestCreditVisits:
    def test_visits_count_for_the_carer_and_the_organization_is_told_without_a_figure(self, pairing: Pairing) -> None:
        visited(pairing, 2, 9, 16)
        visited(pairing, 20, means="phone")
        visited(pairing, 21, went="absent")
        credited(pairing)
        deeds = {deed.kind_id: deed for deed in Deed.objects.filter(kind__in=["visit", "visit-kept"])}
        assert (deeds["visit"].person, deeds["visit"].quantity) == (pairing.carer, 3)
        assert (deeds["visit-kept"].organization, deeds["visit-kept"].quantity) == (pairing.organization, None)
        contacts = Credit.objects.order_by("pk").values_list("visits", "contacts")
        assert set(contacts) == {(3, 4), (0, 4)}

    def test_others_of_the_organization_count_for_it(self, pairing: Pairing) -> None:
        visited(pairing, 2, 9, doer="organization")
        credited(pairing)
        assert Deed.objects.get(kind="visit").organization == pairing.organization

    def test_the_same_days_once(self, pairing: Pairing) -> None:
        visited(pairing, 2)
        credited(pairing)
        deeds = Deed.objects.count()
        for first, last in [(MARCH, date(2026, 3, 31)), (date(2026, 2, 1), MARCH)]:
            with pytest.raises(Conflict, match=r"已经记进台账|没有可以记"):
                credited(pairing, first, last)
        visited(pairing, 1)
        with pytest.raises(Conflict, match="已经记进台账"):
            credited(pairing, date(2026, 2, 1), MARCH)
        assert Deed.objects.count() == deeds

    def test_the_communitys_own_visits_are_no_deed(self, pairing: Pairing) -> None:
        visited(pairing, 2, doer="community")
        with pytest.raises(Conflict, match="没有可以记"):
            credited(pairing)

    def test_not_before_the_days_are_over(self, pairing: Pairing) -> None:
        visited(pairing, 2)
        with pytest.raises(Conflict, match="没有过完"):
            credited(pairing, last=date(2026, 4, 2))

    def test_not_by_the_organization_itself(self, pairing: Pairing) -> None:
        with pytest.raises(NotAllowed):
            credit_visits(make_liaison(pairing), community=pairing.community, first=MARCH, last=MARCH)

    def test_my_desk_asks_for_what_is_over(self, pairing: Pairing) -> None:
        visited(pairing, 30)
        visited(pairing, 1, month=4)
        worker = make_worker(pairing)
        with clock.set_to(at(3, month=4)):
            assert uncredited_months([pairing.community]) == [(pairing.community_id, MARCH)]
            asked = [item for item in desk_items(worker) if str(item.action) == "记进台账"]
            assert [item.due for item in asked] == [at(10, 0, month=4)]
        credited(pairing, day=3)
        with clock.set_to(at(3, 12, month=4) + timedelta(minutes=1)):
            assert not uncredited_months([pairing.community])
