"""Over real connections: what is left is claimed once, however many agree at the same moment."""

from decimal import Decimal
from functools import partial

import pytest
from django_scopes import scope

from gongjian.kernel.tests.racing import at_once
from gongjian.registry.tests.factories import make_office
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.models import Claim, Offer
from gongjian.work.cobuilding.tests.factories import another_community, make_cast, make_offer

AT_ONCE = 6


@pytest.mark.django_db(transaction=True)
def test_of_six_that_agree_at_once_on_the_last_ten_chairs_one_gets_them() -> None:
    office = make_office()
    with scope(office=office):
        cast = make_cast(office)
        offer = make_offer(cast, quantity=Decimal(10))
        asked = []
        for _number in range(AT_ONCE):
            place, worker = another_community(cast)
            asked.append(services.claim_offer(worker, offer=offer, place=place, quantity=Decimal(10)))
    became = at_once(office, *(partial(services.agree, cast.liaison, claim=claim) for claim in asked))
    assert became == {"done": 1, "offer-exceeded": AT_ONCE - 1}
    with scope(office=office):
        assert Offer.objects.get().taken == 10
        assert Claim.objects.filter(state="agreed").count() == 1
