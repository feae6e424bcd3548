from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.registry.services.party import found_party_organization
from gongjian.registry.tests.factories import make_community, make_organization
from gongjian.work.projects import services
from gongjian.work.projects.models import Project
from gongjian.work.projects.selectors.projects import projects
from gongjian.work.projects.tests.factories import Cast, make_project


class TestOpen:
    def test_it_is_planned_and_keeps_its_history(self, cast: Cast) -> None:
        project = make_project(cast)
        services.start_project(cast.worker, project=project)
        assert list(project.events.order_by("pgh_id").values_list("state", flat=True)) == ["planned", "under_way"]

    def test_a_place_has_a_name_once(self, cast: Cast) -> None:
        make_project(cast, title="加装电梯")
        with pytest.raises(Conflict, match="同名"):
            make_project(cast, title="加装电梯")
        assert Project.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", " "),
            ("kind", "castle"),
            ("ends_on", clock.today() - timedelta(days=1)),
            ("budget", Decimal(0)),
            ("budget", Decimal("0.001")),
            ("budget", Decimal("NaN")),
        ],
    )
    def test_what_cannot_be(self, cast: Cast, field: str, value: Any) -> None:
        with pytest.raises(Invalid) as refused:
            make_project(cast, **{field: value})
        assert refused.value.field == field
        assert not Project.objects.exists()

    def test_nobody_opens_one_in_another_community(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            services.open_project(cast.worker, place=make_community(cast.office))


class TestWhoSeesIt:
    def test_those_who_take_part_and_those_where_it_is(self, cast: Cast) -> None:
        project, elsewhere = make_project(cast), make_project(cast, led=False, place=make_community(cast.office))
        assert set(projects(cast.clerk)) == {project, elsewhere}
        assert list(projects(cast.worker)) == list(projects(cast.liaison)) == [project]

    def test_a_unit_that_was_removed_sees_it_no_longer(self, cast: Cast) -> None:
        project = make_project(cast)
        services.remove_participant(cast.clerk, participant=project.participants.get())
        assert not projects(cast.liaison).exists()


class TestFinish:
    def test_a_deed_for_who_led_it(self, cast: Cast) -> None:
        project = make_project(cast, title="家属院改造")
        services.finish_project(cast.clerk, project=project, on=clock.today())
        deed = Deed.objects.get()
        assert (deed.organization, deed.kind_id, deed.quantity) == (cast.organization, "renovation-project", 1)
        assert deed.told == "家属院改造1处，已经完工"

    def test_a_deed_for_who_paid_out_of_their_own(self, cast: Cast) -> None:
        project = make_project(cast, kind="facade", led=False)
        paid = {"source": "own", "organization": cast.organization, "amount": Decimal(600_000), "approximation": "over"}
        services.add_funding(cast.clerk, project=project, note="自筹{数}改造立面", **paid)
        services.add_funding(cast.clerk, project=project, source="fiscal", amount=Decimal(1_000_000))
        services.finish_project(cast.clerk, project=project, on=clock.today())
        assert [deed.told for deed in Deed.objects.all()] == ["自筹60余万元改造立面"]

    def test_once(self, cast: Cast) -> None:
        project = make_project(cast)
        services.finish_project(cast.clerk, project=project, on=clock.today())
        with pytest.raises(Conflict, match="另一步"):
            services.finish_project(cast.clerk, project=project, on=clock.today())
        assert Deed.objects.count() == 1

    @pytest.mark.parametrize("days", [-1, 1])
    def test_neither_before_it_began_nor_tomorrow(self, cast: Cast, days: int) -> None:
        with pytest.raises(Invalid):
            services.finish_project(cast.clerk, project=make_project(cast), on=clock.today() + timedelta(days=days))
        assert Project.objects.get().state == "planned"

    def test_what_is_finished_is_not_changed(self, cast: Cast) -> None:
        project = make_project(cast)
        services.stop_project(cast.clerk, project=project, because="居民不同意")
        with pytest.raises(Conflict, match="不能再改"):
            services.add_funding(cast.clerk, project=project, source="fiscal", amount=Decimal(1))


class TestMoneyAndUnits:
    def test_own_funds_are_somebodys(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="哪个单位"):
            services.add_funding(cast.clerk, project=make_project(cast), source="own", amount=Decimal(1))

    def test_a_unit_has_a_part_once(self, cast: Cast) -> None:
        project = make_project(cast)
        with pytest.raises(Conflict, match="已经以这个身份"):
            services.add_participant(cast.clerk, project=project, organization=cast.organization, part="lead")


def test_a_temporary_party_branch_is_founded_once(cast: Cast) -> None:
    project = make_project(cast)
    branch = found_party_organization(cast.clerk, name="改造临时党支部", kind="temporary_branch", place=cast.community)
    facts = {"branch": branch, "organization": cast.organization, "on": clock.today()}
    for _again in range(2):
        project = services.found_branch(cast.clerk, project=project, **facts)
    assert project.party_branch == branch
    assert Deed.objects.get().told == "成立改造临时党支部1个"


class TestPages:
    def test_the_list_asks_as_often_for_twenty_as_for_one(
        self, cast: Cast, client: Any, django_assert_max_num_queries: Any
    ) -> None:
        client.force_login(cast.clerk, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        for _number in range(20):
            make_project(cast)
        client.get(reverse("projects:list"))
        with django_assert_max_num_queries(14):
            page = client.get(reverse("projects:list"), {"kind": "renovation", "words": "家属院"})
        assert page.content.count("家属院改造".encode()) >= 20

    def test_a_refused_form_keeps_what_was_typed(self, cast: Cast, client: Any) -> None:
        client.force_login(cast.clerk, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        typed = {"title": "家属院改造", "kind": "renovation", "place": cast.community.pk}
        typed |= {"begins_on": "2026-03-02", "ends_on": "2026-03-01"}
        page = client.post(reverse("projects:new_project"), typed)
        assert page.status_code == 422
        assert "结束的日子早于开始的日子" in page.content.decode()
        assert 'value="家属院改造"' in page.content.decode()

    def test_the_same_form_twice_opens_one(self, cast: Cast, client: Any) -> None:
        client.force_login(cast.clerk, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        typed = {"title": "家属院改造", "kind": "renovation", "place": cast.community.pk}
        typed |= {"begins_on": "2026-03-02", "ends_on": "2026-04-01", "submission": "7a1c8a8e-21d5-4a39-9d6f-4c7f5f5f1a10"}
        urls = {client.post(reverse("projects:new_project"), typed)["Location"] for _again in range(2)}
        assert len(urls) == Project.objects.count() == 1
        assert client.get(urls.pop()).status_code == 200

    def test_the_page_shows_who_pays_and_what_was_recorded(self, cast: Cast, client: Any) -> None:
        client.force_login(cast.worker, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        project = make_project(cast)
        services.add_participant(
            cast.clerk, project=project, organization=make_organization(cast.office, "样例建设公司"), part="builder"
        )
        services.add_funding(cast.clerk, project=project, source="owners", amount=Decimal("120000.50"))
        services.finish_project(cast.clerk, project=project, on=clock.today())
        said = client.get(reverse("projects:project", args=[project.pk])).content.decode()
        assert all(words in said for words in ("样例建设公司", "120,000.5", "1处，已经完工"))
