import pytest
from django.urls import reverse

from gongjian.work.ratings.models import Assessment, Round
from gongjian.work.ratings.services import results, rounds
from gongjian.work.ratings.tests.factories import BAD, GOOD, check, computed, enrolled, make_deeds, make_scheme, make_team


@pytest.fixture
def team(office):
    return make_team()


@pytest.fixture
def signed_in(client):
    def sign_in(account):
        client.force_login(account, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
        return client

    return sign_in


def url(name, *args):
    return reverse(f"ratings:{name}", args=args)


def text(answer):
    return answer.content.decode()


CHECK = {"i3": ["0", "1"], "i4_0": "1", "seen": "0", "note": "看过"}


class TestAssessPage:
    def test_one_screen_a_dimension_and_then_the_next(self, team, signed_in):
        _rated, (candidate,) = enrolled(team)
        client = signed_in(team.worker)
        assert "楼" not in text(client.get(url("assess", candidate.pk, "d1")))
        answer = client.post(url("assess", candidate.pk, "d1"), {"i1": "0", "seen": "0"})
        assert answer.headers["Location"] == url("assess", candidate.pk, "d2")
        answer = client.post(url("assess", candidate.pk, "d2"), CHECK)
        assert answer.headers["Location"] == url("candidate", candidate.pk)
        page = text(client.get(url("candidate", candidate.pk)))
        assert "灭火器 4 + 充电桩 6 = 10" in page
        assert "一处 1 × 1.5 = 1.5" in page

    def test_the_same_form_twice_is_one_assessment(self, team, signed_in):
        _rated, (candidate,) = enrolled(team)
        client = signed_in(team.worker)
        form = CHECK | {"submission": "8c2f4a58-6bb1-4d0a-9d59-7f4b1f0f7c11"}
        first, second = (client.post(url("assess", candidate.pk, "d2"), form) for _time in range(2))
        assert first.headers["Location"] == second.headers["Location"]
        assert Assessment.objects.count() == 1

    def test_what_is_refused_keeps_what_was_typed(self, team, signed_in):
        _rated, (candidate,) = enrolled(team)
        answer = signed_in(team.worker).post(url("assess", candidate.pk, "d2"), CHECK | {"i5": "on", "i5_why": ""})
        assert answer.status_code == 422
        assert "是哪一件" in text(answer)
        assert "看过" in text(answer)
        assert not Assessment.objects.exists()

    def test_not_in_another_community(self, team, signed_in):
        _rated, (candidate,) = enrolled(team)
        candidate.organization.community = None
        candidate.organization.save()
        assert signed_in(team.worker).get(url("assess", candidate.pk, "d1")).status_code == 403


class TestRoundPage:
    def test_from_the_scheme_to_the_review(self, team, signed_in):
        client, scheme = signed_in(team.clerk), make_scheme(team.clerk)
        opened = client.post(
            url("open_round", scheme.pk), {"title": "2020 年度", "period_from": "2020-01-01", "period_to": "2020-12-31"}
        )
        rated = Round.objects.get()
        assert opened.headers["Location"] == url("round", rated.pk)
        unit = client.get(url("enroll", rated.pk)).context["form"].fields["subjects"].queryset.first()
        assert unit is None
        _other, (candidate,) = enrolled(team, scheme=scheme)
        assert client.post(url("enroll", rated.pk), {"subjects": [candidate.organization.pk]}).status_code == 302
        assert client.post(url("start", rated.pk)).status_code == 302
        assert "还有 4 项没有查" in text(client.get(url("round", rated.pk)))
        check(team, rated.candidates.get())
        assert client.post(url("compute", rated.pk)).status_code == 302
        assert "还有 1 个等复核" in text(client.get(url("round", rated.pk)))
        assert client.post(url("review_all", rated.pk)).status_code == 302
        assert "复核同意" in text(client.get(url("round", rated.pk)))

    def test_a_step_out_of_turn_says_why(self, team, signed_in):
        rated, _candidates = enrolled(team)
        answer = signed_in(team.clerk).post(url("compute", rated.pk))
        assert answer.status_code == 422
        assert "还没有查" in text(answer)

    def test_constant_queries(self, team, signed_in, django_assert_max_num_queries):
        client = signed_in(team.clerk)
        few, _candidates = computed(team, GOOD)
        many, _candidates = computed(team, *[GOOD, BAD] * 4)
        client.get(url("round", few.pk))
        with django_assert_max_num_queries(12) as seen:
            client.get(url("round", few.pk))
        with django_assert_max_num_queries(len(seen)):
            client.get(url("round", many.pk))


class TestCandidatePage:
    def test_each_automatic_indicator_leads_to_its_deeds(self, team, signed_in):
        _rated, (candidate,) = enrolled(team)
        (deed,) = make_deeds(candidate.organization)
        client = signed_in(team.clerk)
        assert url("deeds", candidate.pk, "i2") in text(client.get(url("candidate", candidate.pk)))
        page = text(client.get(url("deeds", candidate.pk, "i2")))
        assert reverse("ledger:deed", args=[deed.pk]) in page
        assert client.get(url("deeds", candidate.pk, "i1")).status_code == 404
        rounds.withdraw(team.clerk, candidate=candidate, reason="搬走了")
        assert "搬走了" in text(client.get(url("candidate", candidate.pk)))

    def test_who_checked_it_is_told_to_leave_the_review_to_others(self, team, signed_in):
        rated, (candidate,) = enrolled(team)
        check(team, candidate, by=team.clerk)
        results.compute_results(team.clerk, rated=rated)
        assert "要由别人复核" in text(signed_in(team.clerk).get(url("candidate", candidate.pk)))
        client = signed_in(team.leader)
        assert url("review", candidate.pk) in text(client.get(url("candidate", candidate.pk)))
        assert client.post(url("review", candidate.pk), {"agreed": "no", "words": "充电桩没有装"}).status_code == 302
        assert "充电桩没有装" in text(client.get(url("round", rated.pk)))
        assert client.post(url("send_back", rated.pk), {"reason": "充电桩没有装"}).status_code == 302
        assert "退回重查" in text(client.get(url("round", rated.pk)))
