from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction

from gongjian.chronicle.reading import selectors
from gongjian.chronicle.reading.models import Report
from gongjian.chronicle.reading.services import accept_proposals, accept_with_new_organization, read_report
from gongjian.chronicle.reading.tests.factories import TEXT, make_bank, make_report
from gongjian.chronicle.reading.tests.test_files import word
from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid, InvalidMany, Missing, NotAllowed
from gongjian.ledger.models import Deed, Evidence
from gongjian.registry.models import Organization, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_community


def taken(report, *numbers):
    return [selectors.as_it_stands(report, card) for card in selectors.cards(report) if card.proposed.number in numbers]


class TestReadReport:
    def test_reading_records_nothing_in_the_ledger(self, office):
        make_report(office)
        assert Deed.objects.count() == 0

    def test_organizations_of_the_registry_are_found_and_others_proposed_as_new(self, office):
        bank = make_bank(office)
        cards = selectors.cards(make_report(office))
        assert [card.organization for card in cards] == [bank, bank, bank, None]
        assert [card.lacks for card in cards] == ["", "", "", "底册里没有这个单位"]

    def test_an_uploaded_word_file_is_kept_as_it_came(self, office):
        content = word(*TEXT.splitlines())
        report = read_report(make_clerk(office), file=SimpleUploadedFile("荣誉.docx", content))
        assert report.evidence.size == len(content)
        assert report.proposals

    def test_what_cannot_be_read_leaves_nothing_behind(self, office):
        with pytest.raises(Invalid):
            read_report(make_clerk(office), file=SimpleUploadedFile("a.docx", b"PK\x03\x04broken"))
        assert (Report.objects.count(), Evidence.objects.count()) == (0, 0)

    def test_contradictory_figures_are_told(self, office):
        report = make_report(office, text="样例银行向社区捐赠口罩500只。\n\n回顾全程，样例银行向社区捐赠口罩800只，温暖人心。")
        assert "前后说的不一样" in report.warnings[0]

    def test_auditors_read_none(self, office):
        with pytest.raises(NotAllowed):
            make_report(office, make_account(office, Role.AUDITOR))

    def test_a_report_is_never_changed(self, office):
        report = make_report(office)
        with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(title="改了")


class TestAcceptProposals:
    def test_what_was_ticked_becomes_declared_deeds_with_the_report_as_evidence(self, office):
        bank = make_bank(office)
        report = make_report(office)
        [deed] = accept_proposals(make_clerk(office), report=report, accepted=taken(report, 1))
        assert (deed.organization, deed.quantity, deed.occurred_from) == (bank, Decimal(30000), date(2024, 5, 6))
        assert (deed.source_room, deed.evidence_digests) == ("reading", [report.evidence.sha256])
        assert deed.told == "样例银行梧桐支行向一号社区捐款3万元"

    def test_accepting_twice_is_accepting_once(self, office):
        make_bank(office)
        clerk, report = make_clerk(office), make_report(office)
        again = make_report(office)
        for one in (report, report, again):
            accept_proposals(clerk, report=one, accepted=taken(one, 1, 2))
        assert Deed.objects.count() == 2

    def test_one_that_the_ledger_refuses_keeps_all_of_them_out(self, office):
        make_bank(office)
        report = make_report(office)
        with clock.set_to(clock.now().replace(year=2024, month=1)), pytest.raises(InvalidMany) as caught:
            accept_proposals(make_clerk(office), report=report, accepted=taken(report, 1, 2))
        assert set(caught.value.sentences) == {"take-1", "take-2"}
        assert Deed.objects.count() == 0

    def test_nothing_ticked_is_said(self, office):
        report = make_report(office)
        with pytest.raises(Invalid, match="勾选"):
            accept_proposals(report.read_by, report=report, accepted=[])

    def test_a_worker_accepts_nothing_of_another_community(self, office):
        make_bank(office)
        worker = make_account(office, Role.COMMUNITY_WORKER, community=make_community(office))
        report = make_report(office, worker)
        with pytest.raises(InvalidMany):
            accept_proposals(worker, report=report, accepted=taken(report, 1))

    def test_a_new_organization_is_entered_with_its_deed(self, office):
        report = make_report(office)
        card = selectors.cards(report)[-1]

        def accepted(organization):
            from dataclasses import replace

            return selectors.as_it_stands(report, replace(card, organization=organization))

        [deed] = accept_with_new_organization(
            make_clerk(office),
            report=report,
            accepted=accepted,
            name="样例第三小学",
            kind="school",
            community=first_community(office),
        )
        assert deed.organization == Organization.objects.get(name="样例第三小学")

    def test_a_report_without_a_year_asks_for_one_or_takes_that_of_its_publication(self, office):
        make_bank(office)
        text = "样例银行梧桐支行向社区捐赠图书500册，孩子们都很喜欢。"
        assert selectors.cards(make_report(office, text=text))[0].lacks == "文中没写是哪一年"
        report = make_report(office, text=text, published=date(2024, 8, 9))
        [one] = taken(report, 1)
        assert (one.occurred_from, one.occurred_to, one.precision) == (date(2024, 1, 1), date(2024, 8, 9), "year")


class TestReports:
    def test_others_reports_are_the_offices_alone(self, office):
        report = make_report(office)
        other = make_account(office, Role.COMMUNITY_WORKER, community=first_community(office))
        with pytest.raises(Missing):
            selectors.get_report(other, report.pk)
        assert selectors.get_report(make_clerk(office), report.pk) == report

    def test_the_pieces_are_the_whole_report(self, office):
        report = make_report(office)
        assert "".join(piece.text for piece in selectors.pieces(report)) == report.text

    def test_the_questions_do_not_grow_with_the_proposals(self, office, django_assert_max_num_queries):
        make_bank(office)
        text = "\n\n".join(f"2024年5月{day}日，样例银行梧桐支行捐款{day}万元。" for day in range(1, 29))
        report = make_report(office, text=text)
        with django_assert_max_num_queries(6):
            assert len(selectors.cards(report)) == 28
