from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.ledger.models import DeedKind, Level
from gongjian.ledger.services import confirm_deed, reverse_deed
from gongjian.ledger.tests.factories import make_evidence
from gongjian.registry.models import Organization, Role
from gongjian.registry.services.places import add_place
from gongjian.registry.services.roles import add_role
from gongjian.registry.tests.factories import make_account, make_community, make_organization
from gongjian.work.ratings.models import Assessment, Candidate, Result, Round, SchemeVersion
from gongjian.work.ratings.scoring.amounts import amounts, deeds_behind
from gongjian.work.ratings.scoring.blueprint import Blueprint, Dimension, FromLedger, Indicator, Kind, Measure, StarLevel
from gongjian.work.ratings.scoring.computing import Finding
from gongjian.work.ratings.scoring.sheets import sheet_of, sheets
from gongjian.work.ratings.selectors.rounds import may_enroll, table
from gongjian.work.ratings.services import results, rounds
from gongjian.work.ratings.services.assessing import assess
from gongjian.work.ratings.tests.factories import (
    BAD,
    GOOD,
    check,
    computed,
    enrolled,
    make_deeds,
    make_round,
    make_scheme,
    make_team,
)

D = Decimal


@pytest.fixture
def team(office):
    return make_team()


class TestOpenRound:
    def test_from_now_on_the_version_stands(self, team):
        rated = make_round(team)
        assert SchemeVersion.objects.get().in_use
        assert rated.version.number == 1

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"period_to": date(2019, 12, 31)}, "早于开始"),
            ({"title": " "}, "请写名称"),
            ({"title": "楼院达标"}, "不能用“达标”"),
        ],
    )
    def test_what_cannot_be_is_refused(self, team, wrong, words):
        with pytest.raises(Invalid, match=words):
            make_round(team, **wrong)
        assert not Round.objects.exists()
        assert not SchemeVersion.objects.get().in_use

    def test_a_title_stands_once_in_a_scheme(self, team):
        rated = make_round(team)
        with pytest.raises(Conflict, match="已经有叫"):
            make_round(team, scheme=rated.scheme, title=rated.title)


class TestEnroll:
    def test_places_are_credited_to_the_committee_of_their_community(self, team):
        compound = add_place(team.office, team.community, "compound", f"{team.community.code}-a", "样例院")
        committee = make_organization(team.office, kind=Organization.Kind.COMMITTEE, community=team.community)
        rated = make_round(team, scheme=make_scheme(team.clerk, subject="compounds"))
        assert list(may_enroll(rated)) == [compound]
        (candidate,) = rounds.enroll(team.clerk, rated=rated, subjects=[compound])
        assert (candidate.credited, candidate.subject) == (committee, compound)
        assert not may_enroll(rated).exists()

    def test_what_the_scheme_does_not_rate_is_refused_and_nobody_is_enrolled(self, team):
        unit = make_organization(team.office)
        with pytest.raises(Invalid, match="这个办法不评"):
            rounds.enroll(team.clerk, rated=make_round(team), subjects=[unit, team.community])
        assert not Candidate.objects.exists()

    def test_twice_is_once_and_who_left_comes_back(self, team):
        rated, (candidate,) = enrolled(team)
        rounds.withdraw(team.clerk, candidate=candidate, reason="搬走了")
        assert sheets(rated) == []
        (again,) = rounds.enroll(team.clerk, rated=rated, subjects=[candidate.organization])
        assert (again.pk, again.left_at) == (candidate.pk, None)

    def test_the_database_knows_one_candidacy_only(self, team):
        rated, (candidate,) = enrolled(team)
        values = {"enrolled_at": candidate.enrolled_at, "enrolled_by": team.clerk}
        with pytest.raises(IntegrityError), transaction.atomic():
            Candidate.objects.create(round=rated, organization=candidate.organization, **values)
        with pytest.raises(IntegrityError), transaction.atomic():
            Candidate.objects.create(round=rated, organization=make_organization(team.office), place=team.community, **values)


class TestAmounts:
    """Each automatic indicator, from deeds that one can count."""

    def of(self, *ledgers):
        indicators = tuple(
            Indicator(f"i{n}", f"指标{n}", Kind.ITEMIZED, ledger=one, cap=D(1000)) for n, one in enumerate(ledgers)
        )
        return Blueprint((Dimension("d1", "方面", indicators),), (StarLevel(3, D(1)),))

    def rated(self, team, *ledgers, **scheme):
        blueprint = self.of(*ledgers)
        return enrolled(team, scheme=make_scheme(team.clerk, blueprint=blueprint, **scheme))

    def test_deeds_and_quantities_of_the_period_confirmed_far_enough(self, team):
        law = FromLedger("law-outreach", points=D(1))
        hours = FromLedger("volunteer-hours", Measure.QUANTITY, points=D(1))
        third = FromLedger("law-outreach", min_level=Level.THIRD_PARTY, points=D(1))
        declared = FromLedger("law-outreach", min_level=Level.DECLARED, points=D(1))
        rated, (candidate,) = self.rated(team, law, hours, third, declared)
        unit = candidate.organization
        make_deeds(unit, 2)
        (last,) = make_deeds(unit, occurred_from=date(2020, 12, 31))
        paper = make_evidence(team.office)
        confirm_deed(team.clerk, deed=last, level=Level.THIRD_PARTY, on_behalf_of="样例单位", evidence=[paper])
        make_deeds(unit, level=Level.DECLARED)
        make_deeds(unit, occurred_from=date(2019, 12, 31))
        make_deeds(unit, occurred_from=date(2021, 1, 1))
        kind = DeedKind.objects.get(code="volunteer-hours")
        make_deeds(unit, 2, kind=kind, quantity=D("7.25"))
        make_deeds(make_organization(team.office), 3)
        assert dict(amounts(rated, [candidate])[candidate.pk]) == {"i0": D(3), "i1": D("14.50"), "i2": D(1), "i3": D(4)}
        indicator = rated.version.blueprint.indicator("i0")
        assert deeds_behind(candidate, indicator).count() == 3

    def test_what_was_reversed_counts_nothing(self, team):
        kind = DeedKind.objects.filter(code="volunteer-hours")
        hours = FromLedger("volunteer-hours", Measure.QUANTITY, points=D(1))
        rated, (candidate,) = self.rated(team, hours, FromLedger("volunteer-hours", points=D(1)))
        kept, reversed_ = make_deeds(candidate.organization, 2, kind=kind.get(), quantity=D(5))
        reverse_deed(team.clerk, deed=reversed_, reason="重复记录了")
        assert dict(amounts(rated, [candidate])[candidate.pk]) == {"i0": D(5), "i1": D(1)}
        assert list(deeds_behind(candidate, rated.version.blueprint.indicator("i0"))) == [kept]

    @pytest.mark.parametrize(("months", "expected"), [(None, 4), (12, 4), (6, 3), (3, 2), (1, 1), (24, 4)])
    def test_only_the_last_months(self, team, months, expected):
        rated, (candidate,) = self.rated(team, FromLedger("law-outreach", months=months, points=D(1)))
        for day in (date(2020, 6, 30), date(2020, 7, 1), date(2020, 10, 1), date(2020, 12, 1)):
            make_deeds(candidate.organization, occurred_from=day)
        assert amounts(rated, [candidate])[candidate.pk]["i0"] == expected

    def test_a_place_has_the_deeds_in_it_and_inside_it(self, team):
        add = lambda parent, level, name: add_place(team.office, parent, level, f"{parent.code}-{name}", name)  # noqa: E731
        compound, other = (add(team.community, "compound", name) for name in ("a", "ab"))
        building = add(compound, "building", "b")
        law = FromLedger("law-outreach", points=D(1))
        rated = make_round(team, scheme=make_scheme(team.clerk, blueprint=self.of(law), subject="compounds"))
        rounds.enroll(team.clerk, rated=rated, subjects=[compound, other])
        unit = make_organization(team.office)
        for place, count in ((compound, 2), (building, 1), (other, 5), (team.community, 7)):
            make_deeds(unit, count, place=place)
        candidates = list(rated.candidates.order_by("pk"))
        assert [amounts(rated, candidates)[one.pk]["i0"] for one in candidates] == [3, 5]
        assert [deeds_behind(one, rated.version.blueprint.indicator("i0")).count() for one in candidates] == [3, 5]

    def test_one_query_however_many_candidates_and_indicators(self, team, django_assert_num_queries):
        ledgers = [FromLedger("law-outreach", months=months, points=D(1)) for months in range(1, 9)]
        scheme = make_scheme(team.clerk, blueprint=self.of(*ledgers))
        rated, candidates = enrolled(team, 3, scheme=scheme)
        for one in candidates:
            make_deeds(one.organization, 2)
        with django_assert_num_queries(1):
            amounts(rated, candidates)
        with django_assert_num_queries(3):
            sheets(rated)


class TestAssess:
    def one(self, team, candidate, **changes):
        values = {"dimension": "d2", "findings": {c: GOOD[c] for c in ("i3", "i4", "i5")}, **changes}
        return assess(values.pop("by", team.worker), candidate=candidate, **values)

    def test_the_newest_counts_and_the_earlier_stays(self, team):
        rated, (candidate,) = enrolled(team)
        check(team, candidate, BAD)
        assert sheets(rated)[0].score.total == D(2)
        self.one(team, candidate, note="补装了灭火器")
        assert sheets(rated)[0].score.total == D(12)
        assert Assessment.objects.filter(dimension="d2").count() == 2

    @pytest.mark.parametrize(
        ("code", "finding", "words"),
        [
            ("i3", None, "“设施”还没有查"),
            ("i3", Finding(met=(2,)), "勾了没有的项"),
            ("i3", Finding(met=(0, 0)), "勾了没有的项"),
            ("i4", Finding(), "几次"),
            ("i4", Finding(times=(-1,)), "几次"),
            ("i4", Finding(times=(100,)), "几次"),
            ("i5", Finding(vetoed=True, why=" "), "是哪一件"),
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_kept(self, team, code, finding, words):
        _rated, (candidate,) = enrolled(team)
        findings = {c: GOOD[c] for c in ("i3", "i4", "i5")} | {code: finding}
        with pytest.raises(Invalid, match=words):
            self.one(team, candidate, findings={c: f for c, f in findings.items() if f is not None})
        assert not Assessment.objects.exists()

    def test_a_grade_that_is_not_there(self, team):
        _rated, (candidate,) = enrolled(team)
        with pytest.raises(Invalid, match="要选一档"):
            self.one(team, candidate, dimension="d1", findings={"i1": Finding(choice=2)})

    def test_who_filled_it_in_while_somebody_else_did_is_told(self, team):
        _rated, (candidate,) = enrolled(team)
        self.one(team, candidate, seen=0)
        with pytest.raises(Conflict, match="别人也查了"):
            self.one(team, candidate, seen=0, by=team.clerk)
        assert Assessment.objects.count() == 1

    def test_only_in_ones_own_community(self, team):
        _rated, (candidate,) = enrolled(team)
        stranger = make_account(team.office, Role.COMMUNITY_WORKER, community=make_community(team.office))
        with pytest.raises(NotAllowed):
            self.one(team, candidate, by=stranger)

    def test_what_was_found_is_never_rewritten(self, team):
        _rated, (candidate,) = enrolled(team)
        self.one(team, candidate)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Assessment.objects.update(findings={})

    def test_not_after_the_results_are_computed(self, team):
        _rated, (candidate,) = computed(team, GOOD)
        with pytest.raises(Conflict, match="复核"):
            self.one(team, candidate)


class TestComputeResults:
    def test_the_result_stays_as_it_was_while_the_ledger_grows(self, team):
        rated, (good, bad) = enrolled(team, 2)
        make_deeds(good.organization, 2)
        check(team, good)
        check(team, bad, BAD)
        results.compute_results(team.clerk, rated=rated)
        make_deeds(good.organization, 2)
        first, second = Result.objects.order_by("pk")
        assert (first.total, first.stars, first.place) == (D(26), 5, 1)
        assert (second.total, second.stars, second.place) == (D(2), 0, 2)
        rated = Round.objects.get()
        assert [row.sheet.score.total for row in table(rated)] == [D(26), D(2)]
        sheet = sheet_of(first)
        assert [line.points for line in sheet.score.lines()] == [D(10), D(6), D(10), D(0), D(0)]
        assert sheet.score.lines()[1].amount == 2

    def test_while_something_is_unchecked_it_is_named(self, team):
        rated, candidates = enrolled(team, 2)
        check(team, candidates[0])
        with pytest.raises(Invalid, match="另外还有 3 项"):
            results.compute_results(team.clerk, rated=rated)
        assert not Result.objects.exists()
        assert Round.objects.get().state == "assessing"

    def test_not_before_the_period_is_over(self, team):
        rated, (candidate,) = enrolled(team, period_to=date(2035, 1, 1))
        check(team, candidate)
        with pytest.raises(Invalid, match="2035-01-01"):
            results.compute_results(team.clerk, rated=rated)

    def test_a_veto_leaves_no_star_also_in_the_database(self, team):
        rated, (candidate,) = enrolled(team)
        make_deeds(candidate.organization, 5)
        check(team, candidate, GOOD | {"i5": Finding(vetoed=True, why="厨房失火")})
        (result,) = results.compute_results(team.clerk, rated=rated)
        assert (result.total, result.stars, result.vetoed) == (D(29), 0, True)
        with pytest.raises(IntegrityError, match="rating_veto_leaves_no_star"), transaction.atomic():
            Result.objects.create(
                candidate=candidate, run=9, content={}, total=1, stars=1, vetoed=True, computed_at=rated.opened_at
            )

    def test_in_whatever_order_candidates_were_checked_the_results_are_the_same(self, team):
        findings = [GOOD, BAD, GOOD | {"i4": Finding(times=(3,))}]
        outcomes = []
        for order in ((0, 1, 2), (2, 0, 1)):
            rated, candidates = enrolled(team, 3)
            for number in order:
                check(team, candidates[number], findings[number])
            made = results.compute_results(team.clerk, rated=rated)
            by_candidate = {one.candidate_id: (one.total, one.stars, one.place) for one in made}
            outcomes.append([by_candidate[one.pk] for one in candidates])
        assert outcomes[0] == outcomes[1]


class TestReview:
    def test_nobody_reviews_what_they_assessed(self, team):
        rated, (candidate,) = enrolled(team)
        check(team, candidate, by=team.clerk)
        results.compute_results(team.clerk, rated=rated)
        with pytest.raises(NotAllowed, match="是您查的"):
            results.review(team.clerk, candidate=candidate, agreed=True)
        with pytest.raises(Conflict, match="没有您能复核的"):
            results.review_all(team.clerk, rated=rated)
        assert results.review_all(team.leader, rated=rated) == 1

    def test_nor_where_they_belong(self, team):
        _rated, (candidate,) = computed(team, GOOD)
        both = make_account(team.office, Role.OFFICE_CLERK)
        add_role(both, Role.UNIT_LIAISON, organization=candidate.organization)
        with pytest.raises(NotAllowed, match="请回避"):
            results.review(both, candidate=candidate, agreed=True)

    def test_once_only_and_doubt_says_why(self, team):
        _rated, (candidate,) = computed(team, GOOD)
        with pytest.raises(Invalid, match="哪里不对"):
            results.review(team.leader, candidate=candidate, agreed=False)
        results.review(team.leader, candidate=candidate, agreed=False, words="充电桩没有装")
        with pytest.raises(Conflict, match="已经有人复核"):
            results.review(team.clerk, candidate=candidate, agreed=True)

    def test_a_worker_does_not_review(self, team):
        _rated, (candidate,) = computed(team, GOOD)
        with pytest.raises(NotAllowed):
            results.review(team.worker, candidate=candidate, agreed=True)


class TestSendBack:
    def test_what_was_computed_stays_and_is_computed_again(self, team):
        rated, (candidate,) = computed(team, GOOD)
        results.send_back(team.leader, rated=rated, reason="充电桩没有装")
        check(team, candidate, BAD)
        results.compute_results(team.clerk, rated=rated)
        assert list(Result.objects.order_by("run").values_list("run", "total")) == [(1, D(20)), (2, D(2))]
        assert [row.result.run for row in table(Round.objects.get())] == [2]

    def test_a_stopped_round_goes_no_further(self, team):
        rated, _candidates = enrolled(team)
        rounds.stop_round(team.clerk, rated=rated, reason="文件取消了")
        with pytest.raises(Conflict, match="已中止"):
            results.compute_results(team.clerk, rated=rated)
