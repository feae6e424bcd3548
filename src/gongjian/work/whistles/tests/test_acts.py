"""What is offered to whom: nothing that would be refused, the natural next step first, however many were sent."""

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from gongjian.registry.models import Account, Role
from gongjian.registry.tests.factories import make_account, make_organization
from gongjian.work.whistles import services
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.selectors.acts import acts_for
from gongjian.work.whistles.selectors.reading import get_whistle
from gongjian.work.whistles.tests import stages
from gongjian.work.whistles.tests.factories import Cast
from gongjian.work.whistles.tests.test_verbs import signed_in

pytestmark = pytest.mark.django_db
ROLES = ("clerk", "leader", "worker", "liaison")
NEXT = [
    (stages.pending, "leader", "approve"),
    (stages.blown, "clerk", "triage"),
    (stages.triaged, "clerk", "dispatch"),
    (stages.sent, "liaison", "accept"),
    (stages.sent, "clerk", None),
    (stages.objected, "leader", "decide_objection"),
    (stages.accepted, "liaison", "arrive"),
    (stages.reported, "worker", "verify"),
    (stages.verified, "worker", "revisit"),
    (stages.rated, "clerk", "close"),
    (stages.closed, "clerk", None),
    (stages.overdue, "leader", "take_up"),
    (stages.asked, "leader", "decide_pause"),
]
STAGES = list(dict.fromkeys([*(stage for stage, _who, _next in NEXT), stages.merged, stages.suspended, stages.support]))


@pytest.fixture
def cast(office: Any) -> Cast:
    return Cast()


def whistle_of(thing: Any) -> Whistle:
    return Whistle.objects.get(pk=thing.pk if isinstance(thing, Whistle) else thing.whistle_id)


@pytest.mark.parametrize(("stage", "who", "step"), NEXT, ids=lambda value: getattr(value, "__name__", value))
def test_the_natural_next_step_is_the_big_button(cast: Cast, stage: Any, who: str, step: str | None) -> None:
    acts = acts_for(getattr(cast, who), whistle_of(stage(cast)))
    assert next((act.name for act in acts if act.primary), None) == step
    assert sum(act.primary for act in acts) == (step is not None)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_nothing_is_offered_that_would_be_refused(cast: Cast, stage: Any) -> None:
    """Every form opens; for another role's acts see the matrix."""
    whistle = whistle_of(stage(cast))
    for who in ROLES:
        account = getattr(cast, who)
        for act in acts_for(account, whistle):
            assert signed_in(account).get(act.url).status_code == 200, (who, act.name)


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_one_click_is_enough_where_one_click_is_offered(cast: Cast, stage: Any) -> None:
    whistle = whistle_of(stage(cast))
    for who in ROLES:
        account = getattr(cast, who)
        act = next((act for act in acts_for(account, whistle) if act.kind == "post"), None)
        if act is not None:
            assert signed_in(account).post(act.url, {"submission": act.key}).status_code == 302, act.name
            return


def test_an_auditor_looks_on(cast: Cast) -> None:
    auditor = make_account(cast.office, Role.AUDITOR)
    assert [act.name for act in acts_for(auditor, cast.reported())] == ["contact_log"]


def test_the_step_of_another_unit_bears_its_name(cast: Cast) -> None:
    acts = acts_for(cast.clerk, stages.at_work(cast))
    assert next(act.label for act in acts if act.name == "accept") == f"应哨：{cast.organization.called}"


def test_the_number_of_queries_does_not_grow_with_who_was_sent(cast: Cast) -> None:
    whistle = stages.at_work(cast)

    def asked(who: Account) -> int:
        fresh = Account.objects.get(pk=who.pk)
        found = get_whistle(fresh, whistle.pk)
        with CaptureQueriesContext(connection) as queries:
            acts_for(fresh, found)
        return len(queries)

    before = [asked(getattr(cast, who)) for who in ROLES]
    for _number in range(6):
        services.call_in(cast.clerk, whistle=whistle, supporter=services.Sending(make_organization(cast.office)))
    assert [asked(getattr(cast, who)) for who in ROLES] == before
    assert max(before) <= 20


def test_the_buttons_carry_a_key_each(cast: Cast) -> None:
    sent = stages.sent(cast)
    acts = acts_for(cast.liaison, sent.whistle)
    request = RequestFactory().get("/")
    text = render_to_string("whistles/verbs/actions.html", {"acts": acts, "whistle": sent.whistle}, request)
    posted = [act for act in acts if act.kind == "post"]
    assert posted
    assert all(str(act.key) in text for act in posted)
    assert len({act.key for act in acts}) == len(acts)
