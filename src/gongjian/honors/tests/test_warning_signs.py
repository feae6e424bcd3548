from datetime import date
from decimal import Decimal

import pytest

from gongjian.honors import scoring
from gongjian.honors.scoring import Rule, RuleSet
from gongjian.honors.tests.factories import at, make_candidate, make_individual, open_nominations
from gongjian.honors.warning_signs import signs
from gongjian.ledger.models import Evidence
from gongjian.ledger.tests.factories import make_deed, make_evidence


def codes(candidate):
    return {sign.code for sign in signs(candidate)}


@pytest.fixture
def candidate(office):
    """Of a campaign that opened on 2020-12-01."""
    with at(2020, 12, 1):
        return make_candidate(open_nominations(office), deeds=0)


def deed(candidate, happened, recorded, **details):
    with at(*recorded):
        return make_deed(
            candidate.campaign.office, occurred_from=happened, **{candidate.doer_column: candidate.doer, **details}
        )


class TestRecordedLate:
    def test_three_deeds_recorded_after_more_than_thirty_days_are_shown(self, candidate):
        for day in (1, 2, 3):
            deed(candidate, date(2020, 3, day), (2020, 5, 1))
        assert codes(candidate) == {"recorded-late"}

    def test_two_are_not(self, candidate):
        for day in (1, 2):
            deed(candidate, date(2020, 3, day), (2020, 5, 1))
        assert codes(candidate) == set()

    def test_recorded_in_time_is_nothing_to_show(self, candidate):
        for day in (1, 2, 3):
            deed(candidate, date(2020, 3, day), (2020, 3, 31))
        assert codes(candidate) == set()


class TestRecordedInABurst:
    def test_back_filling_just_before_the_campaign_is_shown(self, candidate):
        for day in (1, 2, 3):
            deed(candidate, date(2020, 11, day), (2020, 11, 25))
        assert codes(candidate) == {"recorded-in-a-burst"}

    def test_busy_weeks_before_the_campaign_are_not(self, candidate):
        for day in (23, 24, 25):
            deed(candidate, date(2020, 11, day), (2020, 11, 26))
        assert codes(candidate) == set()


class TestPhotos:
    def test_one_photo_behind_two_deeds_is_shown_with_both(self, candidate):
        photo = make_evidence(candidate.campaign.office)
        mine = [deed(candidate, date(2020, 3, day), (2020, 3, 5), evidence=[photo]) for day in (1, 2)]
        (sign,) = signs(candidate)
        assert (sign.code, {d.pk for d in sign.deeds}) == ("one-photo-twice", {d.pk for d in mine})

    def test_also_if_the_other_deed_is_somebody_elses(self, candidate):
        photo = make_evidence(candidate.campaign.office)
        deed(candidate, date(2020, 3, 1), (2020, 3, 5), evidence=[photo])
        make_deed(candidate.campaign.office, evidence=[photo])
        assert codes(candidate) == {"one-photo-twice"}

    def test_the_same_scene_recompressed_is_found(self, candidate):
        small, large = (make_evidence(candidate.campaign.office, size=size) for size in ((64, 48), (128, 96)))
        assert small.sha256 != large.sha256
        deed(candidate, date(2020, 3, 1), (2020, 3, 5), evidence=[small])
        deed(candidate, date(2020, 3, 2), (2020, 3, 5), evidence=[large])
        assert codes(candidate) == {"one-photo-twice"}

    @pytest.mark.parametrize(
        ("software", "shown"), [("Adobe Photoshop 22.1", True), ("美图秀秀", True), ("HUAWEI P40", False), ("", False)]
    )
    def test_a_photo_that_names_an_editing_program_is_shown(self, candidate, software, shown):
        photo = make_evidence(candidate.campaign.office)
        Evidence.objects.filter(pk=photo.pk).update(edited_with=software)
        deed(candidate, date(2020, 3, 1), (2020, 3, 5), evidence=[photo])
        assert ("edited-photo" in codes(candidate)) is shown


class TestOverlappingHours:
    @pytest.mark.parametrize(("hours", "shown"), [((8, 8), False), ((8, 9), True)])
    def test_more_than_sixteen_hours_of_one_person_on_one_day(self, office, hours, shown):
        with at(2020, 12, 1):
            person = make_individual(open_nominations(office), deeds=0)
        for amount in hours:
            deed(person, date(2020, 3, 1), (2020, 3, 5), quantity=Decimal(amount))
        assert codes(person) == ({"overlapping-hours"} if shown else set())


def test_signs_never_change_the_points(candidate):
    rule_set = RuleSet((Rule(kind="volunteer-hours", per="unit", min_level=0),))
    for day in (1, 2, 3):
        deed(candidate, date(2020, 3, day), (2020, 11, 25))
    assert signs(candidate)
    assert scoring.score(candidate.campaign, rule_set)[0].points == Decimal(24)
