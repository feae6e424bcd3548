import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import ProgrammingError, transaction

from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.ledger.selectors import deeds_awaiting_confirmation
from gongjian.work.ratings.models import Notice, Objection, Round, Standing
from gongjian.work.ratings.selectors.standings import history, holders, stars_of
from gongjian.work.ratings.services import noticing, publishing, results
from gongjian.work.ratings.tests.factories import (
    BAD,
    GOOD,
    at,
    check,
    computed,
    make_deeds,
    make_scheme,
    make_team,
    on_notice,
    published,
)

STRANGER = AnonymousUser()


@pytest.fixture
def team(office):
    return make_team()


def hung(team, *findings):
    with at(2021, 3, 1, 10):
        return on_notice(team, *findings or [GOOD])


def objection_to(rated, **values):
    return noticing.raise_objection(STRANGER, notice=rated.notices.get(), **{"text": "充电桩是坏的", **values})


class TestGiveNotice:
    def test_every_result_is_reviewed_first(self, team):
        rated, _candidates = computed(team, GOOD, BAD)
        with pytest.raises(Conflict, match="2 个结果没有复核"):
            noticing.give_notice(team.clerk, rated=rated)

    def test_and_agreed_to(self, team):
        rated, (candidate,) = computed(team, GOOD)
        results.review(team.leader, candidate=candidate, agreed=False, words="充电桩没有装")
        with pytest.raises(Conflict, match="复核不同意"):
            noticing.give_notice(team.clerk, rated=rated)
        assert not Notice.objects.exists()


class TestPublish:
    def test_not_before_five_working_days_are_over(self, team):
        rated, _candidates = hung(team)
        with at(2021, 3, 8, 18), pytest.raises(Conflict, match="满了 4 个，还差 1 个"):
            publishing.publish(team.clerk, rated=rated)
        with at(2021, 3, 9, 0, 1):
            publishing.publish(team.clerk, rated=rated)
        with at(2021, 3, 9, 1), pytest.raises(Conflict, match="已公布"):
            publishing.publish(team.clerk, rated=rated)
        assert Standing.objects.count() == 1

    def test_stars_become_deeds_of_who_won_them_and_nobody_has_to_confirm_them(self, team):
        rated, (good, bad) = published(team, GOOD, BAD)
        deed = Deed.objects.get(source_room="ratings")
        assert deed.organization == good.organization
        assert deed.told == f"获评“{rated.scheme.title}”三星（{rated.title}）"
        assert stars_of(rated.scheme, bad.organization) == 0
        assert deed not in deeds_awaiting_confirmation(team.worker)

    def test_a_leader_does_not_publish(self, team):
        rated, _candidates = hung(team)
        with at(2021, 3, 9), pytest.raises(NotAllowed):
            publishing.publish(team.leader, rated=rated)


class TestObjections:
    def test_while_one_is_open_nothing_is_published(self, team):
        rated, (candidate,) = hung(team)
        with at(2021, 3, 2, 9):
            objection = objection_to(rated, candidate=candidate)
        with at(2021, 6, 1), pytest.raises(Conflict, match="1 条异议"):
            publishing.publish(team.clerk, rated=rated)
        with at(2021, 6, 1):
            noticing.find_objection(team.clerk, objection=objection, well_founded=False, finding="充电桩是好的")
            noticing.answer_objection(team.clerk, objection=objection, answer="去看过，是好的")
            publishing.publish(team.clerk, rated=rated)
        assert Round.objects.get().state == "published"

    def test_a_well_founded_one_stops_the_days(self, team):
        rated, _candidates = hung(team)
        with at(2021, 3, 2, 9):
            objection = objection_to(rated)
        with at(2021, 3, 4, 9):
            noticing.find_objection(team.clerk, objection=objection, well_founded=True, finding="确实坏了")
            assert noticing.clock_of(rated.notices.get()).stopped
            noticing.answer_objection(team.clerk, objection=objection, answer="已经修好")
        with at(2021, 3, 9, 9):
            assert noticing.clock_of(rated.notices.get()).left == 3

    @pytest.mark.parametrize("text", ["", "坏 ", "x" * 2001])
    def test_a_few_words_are_needed(self, team, text):
        rated, _candidates = hung(team)
        with at(2021, 3, 2), pytest.raises(Invalid):
            objection_to(rated, text=text)
        assert not Objection.objects.exists()

    def test_not_about_another_rounds_candidate(self, team):
        rated, _candidates = hung(team)
        _other, (stranger,) = computed(team, GOOD)
        with at(2021, 3, 2), pytest.raises(Invalid, match="公示名单"):
            objection_to(rated, candidate=stranger)

    def test_not_after_the_notice(self, team):
        rated, _candidates = published(team, GOOD)
        with pytest.raises(Conflict):
            objection_to(rated)

    def test_sent_back_the_notice_comes_down_and_hangs_anew_with_all_its_days(self, team):
        rated, (candidate,) = hung(team)
        with at(2021, 3, 5):
            results.send_back(team.leader, rated=rated, reason="异议属实，充电桩没有装")
            check(team, candidate, BAD)
            results.compute_results(team.clerk, rated=rated)
            results.review_all(team.leader, rated=rated)
            noticing.give_notice(team.clerk, rated=rated)
        second, first = Notice.objects.order_by("-pk")
        assert (first.taken_down, second.taken_down) == (True, False)
        with at(2021, 3, 9), pytest.raises(Conflict, match="还差 4 个"):
            publishing.publish(team.clerk, rated=rated)


class TestFalling:
    def test_a_later_round_may_leave_fewer_stars(self, team):
        scheme = make_scheme(team.clerk)
        _first, (candidate, _other) = published(team, GOOD, BAD, scheme=scheme)
        unit = candidate.organization
        assert stars_of(scheme, unit) == 3
        published(team, BAD, scheme=scheme, units=[unit])
        now, before = history(unit)
        assert (now.stars, now.was, now.has_fallen) == (0, 3, True)
        assert (before.stars, before.was) == (3, None)
        assert holders(scheme) == []

    def test_a_fall_needs_a_reason_and_a_second_person(self, team):
        rated, (candidate,) = published(team, GOOD)
        fall = {"scheme": rated.scheme, "subject": candidate.organization}
        with pytest.raises(Invalid, match="为什么降星"):
            publishing.propose_fall(team.clerk, **fall, stars_to=1, reason=" ")
        proposed = publishing.propose_fall(team.clerk, **fall, stars_to=1, reason="消防通道被堵，限期没有改")
        assert stars_of(**fall) == 3
        with pytest.raises(Conflict, match="已经有人提出"):
            publishing.propose_fall(team.worker, **fall, stars_to=2, reason="消防通道被堵")
        with pytest.raises(NotAllowed, match="要由别人复核"):
            publishing.decide_fall(team.clerk, fall=proposed, agreed=True)
        publishing.decide_fall(team.leader, fall=proposed, agreed=True)
        assert stars_of(**fall) == 1
        assert history(candidate.organization)[0].fall == proposed
        with pytest.raises(Conflict, match="决定过了"):
            publishing.decide_fall(team.leader, fall=proposed, agreed=True)

    def test_refused_nothing_falls(self, team):
        rated, (candidate,) = published(team, GOOD)
        fall = {"scheme": rated.scheme, "subject": candidate.organization}
        proposed = publishing.propose_fall(team.clerk, **fall, stars_to=0, reason="听说有火灾")
        with pytest.raises(Invalid, match="写明理由"):
            publishing.decide_fall(team.leader, fall=proposed, agreed=False)
        publishing.decide_fall(team.leader, fall=proposed, agreed=False, words="查无此事")
        assert stars_of(**fall) == 3

    @pytest.mark.parametrize("stars_to", [3, 4, -1])
    def test_it_only_goes_down(self, team, stars_to):
        rated, (candidate,) = published(team, GOOD)
        with pytest.raises(Invalid, match="只能降到比它少"):
            publishing.propose_fall(
                team.clerk, scheme=rated.scheme, subject=candidate.organization, stars_to=stars_to, reason="消防通道被堵"
            )

    def test_histories_are_never_rewritten(self, team):
        published(team, GOOD)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Standing.objects.update(stars=5)


def test_the_cap_holds_in_a_round(team):
    """Half of three, rounded down, is one: of two with enough for five stars the better has them."""
    with at(2021, 3, 1):
        rated, candidates = on_notice(team, GOOD, GOOD, BAD)
    stars = sorted(result.stars for candidate in candidates for result in candidate.results.all())
    assert stars == [0, 3, 3]
    for candidate, count in zip(candidates, (3, 2), strict=False):
        make_deeds(candidate.organization, count)
    with at(2021, 3, 2):
        results.send_back(team.leader, rated=rated, reason="台账补记了")
        made = results.compute_results(team.clerk, rated=rated)
    assert sorted(result.stars for result in made) == [0, 3, 5]
