"""Two at the same moment, over connections of their own."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope

from gongjian.kernel import clock
from gongjian.kernel.tests.racing import at_once
from gongjian.ledger.catalogue import load_catalogue
from gongjian.ledger.models import Deed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_clerk, make_office, make_organization
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Dispatch, Escalation, Happening, Whistle
from gongjian.work.whistles.services import escalating
from gongjian.work.whistles.tests.factories import Cast, make_whistle
from gongjian.work.whistles.tests.stages import rated, triaged

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = 5
"""Each race is run so often: a lock that is missing shows in one of them."""


@pytest.fixture
def office() -> Any:
    load_catalogue()
    office = make_office()
    with scope(office=office):
        yield office


class TestTwoClerksDispatching:
    def test_one_organization_leads(self, office: Any) -> None:
        cast, other, unit = Cast(), make_clerk(office), make_organization(office)
        for _turn in range(TURNS):
            whistle = triaged(cast)
            became = at_once(
                office,
                partial(services.dispatch, cast.clerk, whistle=whistle, lead=services.Sending(cast.organization)),
                partial(services.dispatch, other, whistle=whistle, lead=services.Sending(unit)),
            )
            assert became == {"done": 1, "wrong-state": 1}
            lead = Dispatch.objects.get(whistle=whistle)
            assert Whistle.objects.get(pk=whistle.pk).lead == lead.organization
            assert Happening.objects.filter(whistle=whistle, kind="dispatched").count() == 1


class TestTwoClosing:
    def test_the_deeds_are_left_once(self, office: Any) -> None:
        cast, other = Cast(), make_clerk(office)
        for _turn in range(TURNS):
            whistle = rated(cast)
            before = Deed.objects.count()
            became = at_once(office, *(partial(services.close, who, whistle=whistle) for who in (cast.clerk, other)))
            assert became == {"done": 1, "wrong-state": 1}
            assert Deed.objects.count() == before + 1
            assert Happening.objects.filter(whistle=whistle, kind="closed").count() == 1


class TestAcceptingAndObjectingAtOnce:
    def test_the_whistle_and_the_dispatch_say_the_same(self, office: Any) -> None:
        cast = Cast()
        colleague = make_account(office, Role.UNIT_LIAISON, organization=cast.organization)
        for _turn in range(TURNS):
            sent = cast.dispatched()
            became = at_once(
                office,
                partial(services.accept, cast.liaison, dispatch=sent),
                partial(services.object_to, colleague, dispatch=sent, reason="不归我们"),
            )
            now = Dispatch.objects.select_related("whistle").get(pk=sent.pk)
            kinds = list(now.whistle.happenings.filter(kind__in=("accepted", "objected")).values_list("kind", flat=True))
            assert (now.state, now.whistle.state) in (("accepted", "accepted"), ("objected", "returned"))
            if became == {"done": 2}:  # an accepted one may still be objected to, never the other way round
                assert (kinds, now.state) == (["accepted", "objected"], "objected")
            else:
                assert became == {"done": 1, "wrong-state": 1}
                assert (kinds, now.state) == (["objected"], "objected")


class TestTwoWorkersCheckingClocks:
    def test_each_color_is_warned_of_once(self, office: Any) -> None:
        whistles = [make_whistle() for _number in range(12)]
        late = max(whistle.blown_at for whistle in whistles) + timedelta(hours=3)

        def work() -> None:
            with clock.set_to(late):
                services.check_clocks()

        assert at_once(office, work, work) == {"done": 2}
        for whistle in whistles:
            assert Escalation.objects.filter(whistle=whistle).count() == 3
            assert Happening.objects.filter(whistle=whistle, kind="escalated").count() == 1

    def test_what_one_worker_holds_the_other_passes_by(self, office: Any) -> None:
        """Nobody waits: a worker that is stuck with one whistle does not hold up the others."""
        held, free = make_whistle(), make_whistle()
        late = free.blown_at + timedelta(hours=3)
        with transaction.atomic():
            Whistle.objects.select_for_update().get(pk=held.pk)

            def work() -> None:
                with clock.set_to(late):
                    services.check_clocks()

            assert at_once(office, work) == {"done": 1}
        assert set(Escalation.objects.values_list("whistle", flat=True)) == {free.pk}


class TestAnActBesideTheClock:
    def test_a_warning_that_an_act_has_given_is_not_given_again(self, office: Any) -> None:
        """`keep` warns of what was reached while nobody looked; the worker comes at the same moment."""
        cast = Cast()
        for _turn in range(TURNS):
            whistle = make_whistle()
            late = whistle.blown_at + timedelta(hours=3)

            def act(whistle: Whistle = whistle, late: Any = late) -> None:
                with clock.set_to(late):
                    services.triage(cast.clerk, whistle=whistle, category=cast.category)

            def work(late: Any = late) -> None:
                with clock.set_to(late):
                    escalating.check_clocks()

            assert at_once(office, act, work) == {"done": 2}
            with clock.set_to(late):
                services.check_clocks()
            assert Escalation.objects.filter(whistle=whistle).count() == 3
            assert Happening.objects.filter(whistle=whistle, kind="escalated").count() == 1
