from datetime import date, timedelta

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.registry.services.places import add_place
from gongjian.registry.tests.factories import make_organization
from gongjian.work.whistles.models import Topic, Whistle
from gongjian.work.whistles.services import topics as services
from gongjian.work.whistles.tests.accounts_factories import at
from gongjian.work.whistles.tests.factories import Cast, make_whistle

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(office):
    return Cast()


@pytest.fixture
def hot(cast):
    """Four whistles about one compound."""
    compound = add_place(cast.office, cast.community, "compound", cast.community.code + "-1", "梧桐苑")
    for _ in range(4):
        make_whistle("梧桐苑电梯又停了", place=compound)
    Whistle.objects.update(category=cast.category)
    return compound


@pytest.fixture
def topic(cast, hot):
    (proposed,) = services.propose_topics(cast.clerk, month=clock.today())
    return services.open_topic(cast.leader, topic=proposed)


class TestPropose:
    def test_a_hot_spot_becomes_a_topic_with_its_whistles(self, cast, hot):
        (topic,) = services.propose_topics(cast.clerk, month=clock.today())
        assert (topic.place, topic.category, topic.month.day, topic.whistles.count()) == (hot, cast.category, 1, 4)
        assert "4件" in topic.reason
        assert "电梯" in topic.reason

    def test_what_is_proposed_under_way_or_dropped_is_not_proposed_again(self, cast, hot):
        (topic,) = services.propose_topics(None, month=clock.today())
        assert services.propose_topics(None, month=clock.today()) == []
        services.drop_topic(cast.leader, topic=topic, reason="已有改造计划")
        assert services.propose_topics(None, month=clock.today()) == []
        assert len(services.propose_topics(None, month=clock.today() + timedelta(days=31))) == 1

    def test_a_month_whose_first_was_missed_is_caught_up_once(self, cast, hot):
        Whistle.objects.update(blown_at=at("2026-10-01 09:00"))
        for day in ("2026-10-07 05:40", "2026-10-08 05:40"):
            with clock.set_to(at(day)):
                services.propose_monthly()
        assert [topic.month for topic in Topic.objects.all()] == [date(2026, 10, 1)]

    def test_only_the_office_proposes(self, cast):
        with pytest.raises(NotAllowed):
            services.propose_topics(cast.worker, month=clock.today())


class TestTasks:
    def test_only_a_topic_under_way_takes_them(self, cast, hot):
        (proposed,) = services.propose_topics(cast.clerk, month=clock.today())
        with pytest.raises(Conflict):
            add(cast, proposed)

    def test_a_date_in_the_past_is_refused(self, cast, topic):
        with pytest.raises(Invalid):
            add(cast, topic, due_on=clock.today() - timedelta(days=1))

    def test_one_is_done_once(self, cast, topic):
        task = add(cast, topic)
        assert services.finish_task(cast.clerk, task=task, progress="换了曳引机").done_on == clock.today()
        with pytest.raises(Conflict):
            services.finish_task(cast.clerk, task=task, progress="换了曳引机")


class TestFinish:
    def test_each_organization_that_had_a_task_gets_one_deed(self, cast, topic):
        other = make_organization(cast.office)
        for organization in (cast.organization, cast.organization, other):
            services.finish_task(cast.clerk, task=add(cast, topic, organization=organization), progress="办好了")
        services.finish_topic(cast.clerk, topic=topic, outcome="电梯换新，三个月没有再反映")
        deeds = Deed.objects.filter(kind="task-ledger", source_room="whistles")
        assert {deed.source_key for deed in deeds} == {f"topic:{topic.pk}:{unit.pk}" for unit in (cast.organization, other)}
        assert "任务2项" in deeds.get(organization=cast.organization).statement

    def test_not_while_a_task_is_open_or_there_is_none(self, cast, topic):
        for _ in range(2):
            with pytest.raises(Conflict):
                services.finish_topic(cast.clerk, topic=topic, outcome="电梯换新了")
            add(cast, topic)
        assert not Deed.objects.exists()

    def test_the_leader_leaves_it_to_a_clerk_who_may_record(self, cast, topic):
        with pytest.raises(NotAllowed):
            services.finish_topic(cast.leader, topic=topic, outcome="电梯换新了")


class TestPage:
    def test_from_hot_spot_to_task(self, cast, hot, client):
        cast.office.hostnames = ["testserver"]
        cast.office.save()
        client.force_login(cast.clerk, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        assert "梧桐苑" in client.get("/whistles/hot-spots/").content.decode()
        client.post("/whistles/topics/propose/")
        topic = Topic.objects.get()
        client.post(f"/whistles/topics/{topic.pk}/open/", {"title": "梧桐苑电梯更新"})
        task = {"text": "更换曳引机", "organization": cast.organization.name, "due_on": clock.today().isoformat()}
        client.post(f"/whistles/topics/{topic.pk}/task/", task)
        page = client.get(f"/whistles/topics/{topic.pk}/").content.decode()
        assert "梧桐苑电梯更新" in page
        assert "更换曳引机" in page


def add(cast, topic, **values):
    values = {"text": "更换曳引机", "organization": cast.organization, "due_on": clock.today()} | values
    return services.add_task(cast.clerk, topic=topic, **values)
