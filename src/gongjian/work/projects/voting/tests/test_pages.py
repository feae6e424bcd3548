from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from gongjian.kernel import clock
from gongjian.work.projects.tests.factories import Cast, make_project
from gongjian.work.projects.voting import services
from gongjian.work.projects.voting.models import Ballot
from gongjian.work.projects.voting.selectors.ballots import current_ballots
from gongjian.work.projects.voting.selectors.desk import desk_items
from gongjian.work.projects.voting.tests.factories import cast_paper, entry, flat_of, make_locked, make_open, make_vote

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def signed_in(client: Any, cast: Cast) -> Any:
    client.force_login(cast.worker, backend=BACKEND)
    return client


def page(client: Any, name: str, *args: Any) -> str:
    response = client.get(reverse(f"voting:{name}", args=args))
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def typed(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


class TestStaffPages:
    def test_prepared_and_every_page_of_it(self, signed_in: Any, cast: Cast) -> None:
        facts = {"place": cast.community.pk, "scope": "unit", "title": "2单元加装电梯", "organizer": "业委会（样例）"}
        facts |= {"motion": "同意加装", "kind": "alteration", "objection_days": 15}
        facts |= {"opens_at": "2026-03-01T08:00", "closes_at": "2026-03-01T07:00"}
        project = make_project(cast, kind="elevator")
        url = reverse("voting:prepare", args=[project.pk])
        refused = signed_in.post(url, facts)
        assert refused.status_code == 422
        assert "截止要晚于开始" in refused.content.decode()
        assert "2单元加装电梯" in refused.content.decode()
        closes = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
        made = signed_in.post(url, facts | {"closes_at": closes})
        assert made.status_code == 302
        assert "2单元加装电梯" in page(signed_in, "votes")
        assert "2单元加装电梯" in signed_in.get(reverse("projects:project", args=[project.pk])).content.decode()

    def test_paper_is_entered_with_what_was_typed_kept(self, signed_in: Any, cast: Cast) -> None:
        with clock.set_to(clock.now() - timedelta(days=11)):
            vote = make_open(cast, [entry("1", "80", "甲", "乙"), entry("2")])
        flat, motion = flat_of(vote, "1"), vote.motions.get().pk
        url = reverse("voting:enter", args=[vote.pk, flat.pk])
        assert signed_in.get(url).status_code == 200
        said = {"owner": flat.titles.get(owner__name="乙").owner_id, f"choice_{motion}": "against", f"seen_{motion}": 0}
        refused = signed_in.post(url, said | {"cast_at": typed(vote.closes_at + timedelta(minutes=9))})
        assert refused.status_code == 422
        assert "截止以后的票不算" in refused.content.decode()
        assert signed_in.post(url, said | {"cast_at": typed(vote.closes_at - timedelta(hours=1))}).status_code == 302
        ballot = Ballot.objects.get()
        assert (ballot.choice, ballot.owner.name) == ("against", "乙")
        assert "乙" in page(signed_in, "ballots", vote.pk)
        assert "照现在的票，还没有通过" in page(signed_in, "vote", vote.pk)

    def test_pages_take_the_same_queries_for_more_flats(
        self, signed_in: Any, cast: Cast, django_assert_max_num_queries: Any
    ) -> None:
        vote = make_open(cast, [entry(str(number)) for number in range(1, 60)])
        for number in range(1, 20):
            cast_paper(cast, flat_of(vote, str(number)))
        for name in ("vote", "roll", "ballots", "proxies"):
            page(signed_in, name, vote.pk)
            with django_assert_max_num_queries(30):
                page(signed_in, name, vote.pk)

    def test_slips_and_the_roll_as_files(self, signed_in: Any, cast: Cast) -> None:
        vote = make_open(cast)
        assert signed_in.get(reverse("voting:slips", args=[vote.pk])).content.startswith(b"%PDF")
        assert signed_in.get(reverse("voting:export_roll", args=[vote.pk])).status_code == 200

    def test_what_is_to_do_stands_on_the_desk(self, cast: Cast) -> None:
        vote = make_open(cast)
        assert not desk_items(cast.worker)
        with clock.set_to(vote.closes_at + timedelta(minutes=1)):
            assert [item.title for item in desk_items(cast.worker)] == [vote.title]


class TestFlatPage:
    def test_whoever_holds_the_slip_votes_and_changes(self, client: Any, cast: Cast) -> None:
        vote = make_open(cast, [entry("1", "80", "张样例", "李样例"), entry("2")])
        flat = flat_of(vote, "1")
        url = reverse("voting:flat", args=[flat.token])
        shown = client.get(url).content.decode()
        assert "张**" in shown
        assert "张样例" not in shown
        motion, owner = vote.motions.get().pk, flat.titles.first().owner_id
        said = {"owner": owner, f"choice_{motion}": "agree", f"seen_{motion}": 0}
        assert client.post(url, said).status_code == 302
        again = client.post(url, said | {f"choice_{motion}": "against"})
        assert again.status_code == 422
        assert "已经投过票了" in again.content.decode()
        assert client.post(url, said | {f"choice_{motion}": "against", f"seen_{motion}": 1}).status_code == 302
        assert current_ballots(flat)[motion].choice == "against"
        assert client.get(url).headers["Cache-Control"] == "private, no-store"

    def test_after_the_closing_it_says_so(self, client: Any, cast: Cast) -> None:
        vote = make_open(cast)
        flat, motion = flat_of(vote, "1"), vote.motions.get().pk
        with clock.set_to(vote.closes_at + timedelta(minutes=1)):
            response = client.post(
                reverse("voting:flat", args=[flat.token]), {f"choice_{motion}": "agree", f"seen_{motion}": 0}
            )
        assert response.status_code == 422
        assert "截止以后的票不算" in response.content.decode()
        assert not Ballot.objects.exists()

    @pytest.mark.noisy
    def test_a_made_up_link_or_a_draft_is_nothing(self, client: Any, cast: Cast) -> None:
        vote = make_vote(cast)
        services.add_flats(cast.worker, vote=vote, entries=[entry("1")])
        for token in ("nothing", flat_of(vote, "1").token):
            assert client.get(reverse("voting:flat", args=[token])).status_code == 404

    def test_an_objection_through_the_link_is_published_without_a_name(self, client: Any, cast: Cast) -> None:
        vote = make_locked(cast)
        token = flat_of(vote, "1").token
        with clock.set_to(vote.closes_at + timedelta(days=1)):
            said = {"text": "面积算错了", "name": "不公布的人"}
            assert client.post(reverse("voting:object", args=[token]), said).status_code == 302
        shown = page(client, "result", vote.pk)
        assert "面积算错了" in shown
        assert "不公布的人" not in shown


class TestResult:
    def test_page_and_papers_name_the_rule_and_both_sides_but_nobody(self, client: Any, cast: Cast) -> None:
        vote = make_locked(cast, agree=3)
        shown = page(client, "result", vote.pk)
        for words in ("《民法典》第二百七十八条", "240 / 320", "75.00%", "3 / 4", "通过"):
            assert words in shown, words
        assert "业主1" not in shown
        assert "2单元加装电梯" in page(client, "results")
        url = reverse("voting:paper", args=[vote.pk])
        assert client.get(url).content.startswith(b"%PDF")
        assert client.get(f"{url}?word").content.startswith(b"PK")

    def test_nothing_is_told_before_it_is_locked(self, client: Any, cast: Cast) -> None:
        assert client.get(reverse("voting:result", args=[make_open(cast).pk])).status_code == 404


def test_signing_in_is_asked_for_where_names_stand(client: Any, cast: Cast) -> None:
    vote = make_open(cast)
    assert client.get(reverse("voting:roll", args=[vote.pk])).status_code == 302
