from typing import Any

import pytest
from django_scopes import scope

from gongjian.kernel.tests.racing import at_once
from gongjian.registry.tests.factories import make_office
from gongjian.work.projects.tests.factories import make_cast
from gongjian.work.projects.voting import services
from gongjian.work.projects.voting.models import Ballot
from gongjian.work.projects.voting.tests.factories import STRANGER, flat_of, make_open, voice


@pytest.mark.django_db(transaction=True)
def test_two_ballots_of_a_flat_at_once_are_one() -> None:
    office = make_office()
    with scope(office=office):
        flat = flat_of(make_open(make_cast(office)), "1")
        voices = [voice(flat, choice, seen=0) for choice in ("agree", "against")]

    def cast(said: Any) -> Any:
        return lambda: services.cast_online(STRANGER, flat=flat, voice=said)

    assert at_once(office, *map(cast, voices)) == {"done": 1, "already-cast": 1}
    with scope(office=office):
        assert Ballot.objects.get().version == 1
