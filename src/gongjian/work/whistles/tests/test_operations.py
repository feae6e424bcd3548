"""How the work went, the band, the week, the paper."""

import re
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.registry.services.organizations import enter_organization
from gongjian.registry.tests.factories import make_community, make_organization
from gongjian.work.whistles import services, training
from gongjian.work.whistles.cycles import cycle_named, cycle_of
from gongjian.work.whistles.models import Whistle
from gongjian.work.whistles.papers import weekly_facts, weekly_pdf
from gongjian.work.whistles.selectors.bands import bands
from gongjian.work.whistles.selectors.operations import operations
from gongjian.work.whistles.selectors.policies import policy
from gongjian.work.whistles.selectors.rates import GROUPINGS
from gongjian.work.whistles.selectors.weeks import figures, monday_of, week
from gongjian.work.whistles.tests.accounts_factories import at, blown, revisited
from gongjian.work.whistles.tests.factories import Cast, make_whistle
from gongjian.work.whistles.training import closed_whistles_as_csv

pytestmark = pytest.mark.django_db
CYCLE = cycle_named("2026-10", 19)


@pytest.fixture
def cast(office):
    return Cast()


def answered(moment, response, report, due="2026-10-05 12:00", **more):
    return blown(
        moment,
        response_due_at=at("2026-10-05 11:00"),
        responded_at=response and at(response),
        resolution_due_at=at(due),
        reported_at=report and at(report),
        **more,
    )


class TestOperations:
    def test_on_time_is_of_what_was_met_or_fell_due(self, cast):
        answered("2026-10-05 09:00", "2026-10-05 10:00", "2026-10-05 11:00")
        answered("2026-10-05 09:00", "2026-10-05 12:00", "2026-10-05 13:00")
        answered("2026-10-05 09:00", None, None)
        answered("2026-10-05 09:00", "2026-10-05 10:00", None, due="2099-01-01 00:00")
        with clock.set_to(at("2026-10-06 00:00")):
            (line,) = operations(CYCLE, GROUPINGS["community"])
        assert (line.whistles, line.response.top, line.response.denominator) == (4, 2, 4)
        assert (line.resolution.top, line.resolution.denominator) == (1, 3)
        assert (line.hours_to_response.average, line.hours_to_response.count) == (1.7, 3)  # (1 + 3 + 1) / 3
        assert (line.hours_to_report.average, line.hours_to_report.count) == (3.0, 2)  # (2 + 4) / 2

    def test_what_was_not_taken_on_is_not_counted(self, cast):
        whistle = blown("2026-10-05 09:00")
        Whistle.objects.filter(pk=whistle.pk).update(state="withdrawn")
        assert operations(CYCLE, GROUPINGS["community"]) == []

    def test_objections_are_those_of_who_raised_them(self, cast):
        for well_founded in (True, False):
            sent = cast.dispatched(make_whistle())
            services.object_to(cast.liaison, dispatch=sent, reason="不在本单位管辖范围")
            services.decide_objection(cast.clerk, dispatch=sent, well_founded=well_founded, words="看了现场")
        now = cycle_of(clock.today(), 19)
        lines = {line.key: line for line in operations(now, GROUPINGS["lead"])}
        share = lines[cast.organization.pk].upheld
        assert (share.top, share.denominator, lines[cast.organization.pk].whistles) == (1, 2, 1)
        assert lines[None].upheld.denominator == 0

    def test_an_organization_that_only_objected_has_its_line(self, cast):
        sent = cast.dispatched(make_whistle())
        services.object_to(cast.liaison, dispatch=sent, reason="不在本单位管辖范围")
        services.decide_objection(cast.clerk, dispatch=sent, well_founded=True, words="看了现场")
        lines = {line.label: line for line in operations(cycle_of(clock.today(), 19), GROUPINGS["lead"])}
        assert (lines[cast.organization.name].whistles, lines[cast.organization.name].upheld.top) == (0, 1)

    def test_reopened_is_of_what_was_closed(self, cast):
        cast.closed()
        services.reopen(cast.clerk, whistle=cast.closed(make_whistle()), reason="又堆起来了")
        (line,) = operations(cycle_of(clock.today(), 19), GROUPINGS["community"])
        assert (line.reopened.top, line.reopened.denominator) == (1, 2)


class TestBands:
    def test_the_own_committee_does_not_count_as_another(self, cast):
        committee = enter_organization(cast.clerk, name="一号社区居委会", kind="committee", community=cast.community)
        for unit in (committee, committee, committee, cast.organization):
            whistle = make_whistle()
            services.triage(cast.clerk, whistle=whistle, category=cast.category)
            services.dispatch(cast.clerk, whistle=whistle, lead=services.Sending(unit))
        (band,) = bands(cycle_of(clock.today(), 19), policy())
        assert (band.rate.top, band.rate.denominator, band.position) == (1, 4, "within")

    def test_too_high_and_too_low_are_both_said(self, cast):
        quiet = make_community(cast.office, "安静社区")
        make_whistle(place=quiet)
        cast.dispatched(make_whistle())
        positions = {band.label: band.position for band in bands(cycle_of(clock.today(), 19), policy())}
        assert positions == {"安静社区": "low", "一号社区": "high"}

    def test_both_sides_are_heard(self, cast):
        whistle = cast.reported(make_whistle())
        services.rate_organization(cast.worker, whistle=whistle, organization=cast.organization, satisfaction="basically")
        services.rate_community(cast.liaison, whistle=whistle, satisfaction="dissatisfied")
        (band,) = bands(cycle_of(clock.today(), 19), policy())
        assert (band.given.basically, band.given.count) == (1, 1)
        assert (band.heard.dissatisfied, band.heard.count) == (1, 1)


class TestWeek:
    MONDAY = date(2026, 10, 5)

    def test_only_limits_that_ended_in_the_week_are_counted(self, cast):
        answered("2026-10-05 09:00", "2026-10-05 10:00", "2026-10-05 13:00")
        answered("2026-10-05 09:00", "2026-10-05 10:00", None, due="2026-10-12 00:00")
        revisited(blown("2026-09-01 09:00"), "basically", at=at("2026-10-11 23:59"))
        found = figures(self.MONDAY, policy())
        assert (found.blown, found.response.denominator, found.resolution.top, found.resolution.denominator) == (2, 2, 0, 1)
        assert (str(found.rates.satisfaction.top), found.rates.satisfaction.denominator) == ("0.9", 1)
        assert figures(self.MONDAY + timedelta(days=7), policy()).rates.response.denominator == 0

    def test_weeks_are_named_as_iso_8601_does(self, cast):
        assert monday_of("2026-W41") == self.MONDAY
        with clock.set_to(at("2026-10-14 09:00")):
            assert monday_of("") == self.MONDAY
        with pytest.raises(Invalid):
            monday_of("2026-41")


class TestPaper:
    def test_it_names_what_is_overdue_and_no_resident(self, cast):
        unit = make_organization(cast.office, "环卫样例队")
        whistle = blown("2026-10-01 09:00", lead=unit, color=3, resolution_due_at=at("2026-10-08 18:00"))
        Whistle.objects.filter(pk=whistle.pk).update(text="我叫样例甲，电话13800000000")
        facts = weekly_facts(cast.office, week(date(2026, 10, 5), policy()))
        assert facts["overdue"] == [[whistle.number, "垃圾清运refuse", "一号社区", "环卫样例队", "10月8日 18:00"]]
        assert "样例甲" not in str(facts)
        assert "13800000000" not in str(facts)

    def test_it_is_a_pdf_of_at_most_two_pages_even_when_much_is_overdue(self, cast):
        for _ in range(40):
            blown("2026-10-01 09:00", color=3, resolution_due_at=at("2026-10-08 18:00"))
        content = weekly_pdf(cast.office, week(date(2026, 10, 5), policy()))
        assert content.startswith(b"%PDF")
        assert len(re.findall(rb"/Type\s*/Page\b", content)) in (1, 2)


class TestCommand:
    def run(self, office, *arguments):
        answer = StringIO()
        call_command("whistles", "--office", office.code, *arguments, stdout=answer)
        return answer.getvalue()

    def test_it_writes_the_weekly_paper(self, cast, tmp_path):
        self.run(cast.office, "weekly", "--week", "2026-W41", "--output", str(tmp_path / "week.pdf"))
        assert (tmp_path / "week.pdf").read_bytes().startswith(b"%PDF")

    def test_it_warns_of_what_is_due(self, cast):
        whistle = make_whistle()
        Whistle.objects.filter(pk=whistle.pk).update(next_check_at=clock.now())
        assert "clocks checked 1" in self.run(cast.office, "check")

    def test_too_few_closed_whistles_teach_nothing(self, cast):
        cast.closed()
        with pytest.raises(Invalid), closed_whistles_as_csv():
            pass

    def test_what_closed_whistles_teach_is_their_text_and_code(self, cast, monkeypatch):
        monkeypatch.setattr(training, "LEAST", 1)
        cast.closed()
        with closed_whistles_as_csv() as path:
            lines = path.read_text("utf-8").splitlines()
        assert lines == ["text,label", "三号楼前的垃圾三天没有清了,refuse"]
        assert not path.exists()

    def test_a_wrong_week_is_said_in_words(self, cast, tmp_path):
        with pytest.raises(CommandError, match="周次"):
            self.run(cast.office, "weekly", "--week", "41", "--output", str(tmp_path / "week.pdf"))
