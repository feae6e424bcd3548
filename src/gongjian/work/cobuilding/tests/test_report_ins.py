from datetime import timedelta
from decimal import Decimal

import pytest

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.kernel.papers.word import as_word
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.tests.factories import make_person
from gongjian.work.cobuilding import papers, services
from gongjian.work.cobuilding.selectors.agreements import quarter_of
from gongjian.work.cobuilding.selectors.report_ins import of_person, report_ins
from gongjian.work.cobuilding.tests.factories import Cast, another_community, make_report_in, second_unit
from gongjian.work.cobuilding.tests.test_agreements import words_of


class TestReportIn:
    def test_an_organization_or_a_member_not_both(self, cast: Cast) -> None:
        report = make_report_in(cast)
        person = make_person(cast.office, party_member=True)
        for who in ({"party": report.party, "person": person}, {"party": None, "person": None}):
            with pytest.raises(Invalid, match="只选一样"):
                make_report_in(cast, **who)

    def test_once_at_a_time_in_one_community(self, cast: Cast) -> None:
        report = make_report_in(cast)
        with pytest.raises(Conflict, match="报到过了"):
            make_report_in(cast, party=report.party)
        services.end_report_in(cast.worker, report=report, on=clock.today())
        make_report_in(cast, party=report.party)

    def test_only_members(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="是党员"):
            make_report_in(cast, person=make_person(cast.office))

    def test_not_tomorrow(self, cast: Cast) -> None:
        with pytest.raises(Invalid, match="今天之后"):
            make_report_in(cast, reported_on=clock.today() + timedelta(days=1))

    def test_the_own_community_writes_it_down(self, cast: Cast) -> None:
        place, _worker = another_community(cast)
        with pytest.raises(NotAllowed):
            make_report_in(cast, place=place)


class TestWhoSees:
    def test_the_community_the_unit_and_the_office(self, cast: Cast) -> None:
        make_report_in(cast)
        _place, worker = another_community(cast)
        _unit, liaison = second_unit(cast)
        assert report_ins(cast.worker).count() == report_ins(cast.liaison).count() == report_ins(cast.clerk).count() == 1
        assert not report_ins(worker).exists()
        assert not report_ins(liaison).exists()

    def test_it_is_in_the_copy_of_ones_data(self, cast: Cast) -> None:
        person = make_person(cast.office, party_member=True)
        make_report_in(cast, person=person)
        assert of_person(person)["report_ins"][0]["post"] == "楼院清洁"


class TestFeedbackCard:
    def test_it_tells_the_unit_what_was_done_in_the_quarter(self, cast: Cast) -> None:
        make_deed(cast.office, organization=cast.organization, occurred_from=clock.today(), quantity=Decimal(8))
        said = words_of(as_word(papers.feedback_card(make_report_in(cast), quarter_of(clock.today()))))
        assert "在社区值守8小时" in said
        assert cast.organization.name in said

    def test_a_members_card_bears_the_name_in_full(self, cast: Cast) -> None:
        person = make_person(cast.office, "党演示", party_member=True)
        make_deed(cast.office, person=person, occurred_from=clock.today(), quantity=Decimal(3))
        said = words_of(as_word(papers.feedback_card(make_report_in(cast, person=person), quarter_of(clock.today()))))
        assert "党演示" in said
        assert "3小时" in said
