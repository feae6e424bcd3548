import pytest
from django.urls import reverse

from gongjian.work.ratings.models import Fall, Objection
from gongjian.work.ratings.selectors.desk import desk_items
from gongjian.work.ratings.services import results
from gongjian.work.ratings.tests.factories import BAD, GOOD, at, computed, enrolled, make_team, on_notice, published
from gongjian.work.ratings.tests.test_round_pages import signed_in, text, url

__all__ = ["signed_in"]


@pytest.fixture
def team(office):
    return make_team()


class TestPublicPages:
    def test_nothing_is_seen_before_it_hangs(self, team, client):
        rated, (candidate,) = computed(team, GOOD)
        for name, args in (("results", [rated.pk]), ("result", [rated.pk, candidate.pk])):
            assert client.get(url(name, *args)).status_code == 404
        assert candidate.organization.name not in text(client.get(url("board")))

    def test_a_stranger_reads_the_notice_and_objects(self, team, client):
        rated, (candidate,) = on_notice(team, GOOD)
        notice = rated.notices.get()
        page = text(client.get(url("results", rated.pk)))
        assert url("object", notice.pk) in page
        assert "灭火器 4 + 充电桩 6 = 10" in text(client.get(url("result", rated.pk, candidate.pk)))
        refused = client.post(url("object", notice.pk), {"text": "坏", "name": "样例居民"})
        assert refused.status_code == 422
        assert "样例居民" in text(refused)
        sent = client.post(url("object", notice.pk), {"text": "充电桩是坏的", "candidate": candidate.pk})
        follow = client.get(sent.headers["Location"])
        assert "充电桩是坏的" in text(follow)
        assert Objection.objects.get().candidate == candidate

    def test_published_it_stands_on_the_board_and_in_the_history(self, team, client):
        rated, (good, bad) = published(team, GOOD, BAD)
        board = text(client.get(url("board")))
        assert good.organization.name in board
        assert bad.organization.name not in board
        assert "★★★" in text(client.get(url("of_organization", good.organization_id)))
        assert client.get(url("of_place", team.community.pk)).status_code == 200
        assert "无星" in text(client.get(url("results", rated.pk)))
        assert "得过的星级" in text(client.get(reverse("desk:organization", args=[good.organization_id])))


class TestStaffPages:
    def test_from_the_notice_to_the_publication(self, team, signed_in):
        client = signed_in(team.clerk)
        rated, _candidates = computed(team, GOOD)
        results.review_all(team.leader, rated=rated)
        assert client.post(url("give_notice", rated.pk)).status_code == 302
        client.post(url("object", rated.notices.get().pk), {"text": "充电桩是坏的"})
        objection = Objection.objects.get()
        assert url("objection", objection.pk) in text(client.get(url("round", rated.pk)))
        assert client.post(url("find", objection.pk), {"well_founded": "no", "finding": "充电桩是好的"}).status_code == 302
        assert client.post(url("answer", objection.pk), {"answer": "去看过，是好的"}).status_code == 302
        assert "去看过" in text(client.get(url("objection", objection.pk)))
        refused = client.post(url("publish", rated.pk))
        assert refused.status_code == 422
        assert "还差 5 个" in text(refused)

    def test_a_fall_from_the_history_to_the_decision(self, team, signed_in):
        _rated, (candidate,) = published(team, GOOD)
        client = signed_in(team.worker)
        page = text(client.get(url("of_organization", candidate.organization_id)))
        standing = candidate.results.get().standing
        assert url("propose_fall", standing.pk) in page
        assert client.post(url("propose_fall", standing.pk), {"stars_to": "1", "reason": "消防通道被堵"}).status_code == 302
        fall = Fall.objects.get()
        client = signed_in(team.leader)
        assert url("decide_fall", fall.pk) in text(client.get(url("fall", fall.pk)))
        assert url("fall", fall.pk) in text(client.get(url("falls")))
        assert client.post(url("decide_fall", fall.pk), {"agreed": "yes"}).status_code == 302
        assert "消防通道被堵" in text(client.get(url("of_organization", candidate.organization_id)))


class TestDeskItems:
    def test_each_step_stands_on_the_desk_of_who_can_take_it(self, team):
        rated, (candidate,) = enrolled(team)
        assert [item.title for item in desk_items(team.worker)] == [str(candidate)]
        rated, _candidates = computed(team, GOOD)
        assert [item.title for item in desk_items(team.leader)] == [rated.title]
        with at(2021, 3, 1):
            rated, _candidates = on_notice(team, GOOD)
        with at(2021, 3, 20):
            assert [item.detail for item in desk_items(team.clerk) if item.title == rated.title] == ["公示期满"]
