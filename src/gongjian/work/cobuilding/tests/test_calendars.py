from typing import Any

import pytest

from gongjian.kernel import clock
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account
from gongjian.work.cobuilding import services
from gongjian.work.cobuilding.selectors.calendars import agreement_events
from gongjian.work.cobuilding.tests.factories import Cast, another_community, make_agreement, make_signed

pytestmark = pytest.mark.django_db


def test_last_days_and_meetings_stand_in_the_calendars_of_both_sides(cast: Cast) -> None:
    agreement = make_signed(cast)
    services.record_meeting(cast.worker, agreement=agreement, held_on=clock.today(), subject="一季度联席会")
    make_agreement(cast, number="draft")
    for account in (cast.worker, cast.liaison, cast.clerk):
        last_day, meeting = agreement_events(account)
        assert (last_day.start, agreement.title in last_day.title) == (agreement.ends_on, True)
        assert (meeting.start, meeting.title) == (clock.today(), "联席会：一季度联席会")


def test_others_have_nothing_of_it(cast: Cast, office: Any) -> None:
    make_signed(cast)
    _place, stranger = another_community(cast)
    assert not list(agreement_events(stranger))
    assert not list(agreement_events(make_account(office, Role.RESIDENT)))
