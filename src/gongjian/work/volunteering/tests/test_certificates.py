"""Service records on paper: what counts, who issues, seven days of notice, what a stranger can check."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from gongjian.ledger.sealing.proofs import check_proof
from gongjian.registry.models import Organization, Role
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_organization, make_person
from gongjian.work.volunteering.models import ServiceCertificate
from gongjian.work.volunteering.selectors.certificates import certificate_pdf, proofs_of, verify
from gongjian.work.volunteering.services.certificates import issue_after_notice, revoke_certificate, stop_certificate
from gongjian.work.volunteering.tests.factories import at, make_activity, make_volunteer
from gongjian.work.volunteering.tests.record_factories import certify, credit, made, make_committee, serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(office):
    return make_clerk(office)


@pytest.fixture
def volunteer(office):
    person = make_person(office, "样例丙", identity_number="11010519491231002X")
    return make_volunteer(office, person=person)


@pytest.fixture
def served(office, clerk, volunteer):
    activity = make_activity(office, clerk=clerk, title="文明交通样例")
    serve(clerk, volunteer, activity)
    serve(clerk, volunteer, activity, "2020-02-04 08:00", hours=3)
    credit(clerk, activity)
    return activity


@pytest.fixture
def issuer(office):
    return make_committee(office, first_community(office))


class TestDraftCertificate:
    def test_says_what_stands_in_the_ledger(self, clerk, volunteer, served, issuer) -> None:
        found = certify(clerk, volunteer, issuer)
        assert (found.hours, found.times, found.state) == (Decimal(7), 2, "issued")
        assert found.lines[0]["activity"] == "文明交通样例"
        assert found.deeds.count() == 1

    def test_hours_that_are_not_in_the_ledger_do_not_count(self, office, clerk, volunteer, served, issuer) -> None:
        serve(clerk, volunteer, served, "2020-02-05 08:00")
        assert certify(clerk, volunteer, issuer).hours == 7

    def test_nothing_to_certify(self, clerk, volunteer, issuer) -> None:
        with pytest.raises(Invalid):
            certify(clerk, volunteer, issuer)

    @pytest.mark.parametrize("kind", [Organization.Kind.ORGAN, Organization.Kind.COMPANY])
    def test_an_office_only_organizes(self, office, clerk, volunteer, served, kind) -> None:
        with pytest.raises(Invalid) as error:
            certify(clerk, volunteer, make_organization(office, kind=kind))
        assert error.value.field == "issuer"

    def test_the_database_refuses_such_an_issuer_too(self, office, clerk, volunteer, served, issuer) -> None:
        found = certify(clerk, volunteer, issuer)
        with pytest.raises(IntegrityError), transaction.atomic():
            ServiceCertificate.objects.filter(pk=found.pk).update(issuer=make_organization(office))

    def test_numbers_run_without_gaps(self, clerk, volunteer, served, issuer) -> None:
        numbers = [certify(clerk, volunteer, issuer).number for _one in range(2)]
        assert [number[-5:] for number in numbers] == ["00001", "00002"]

    def test_a_liaison_does_not_issue_for_a_committee(self, office, volunteer, served, issuer) -> None:
        liaison = make_account(office, Role.UNIT_LIAISON, organization=make_organization(office))
        with pytest.raises(NotAllowed):
            certify(liaison, volunteer, issuer)


class TestNotice:
    def test_seven_whole_days(self, clerk, volunteer, served, issuer) -> None:
        with clock.set_to(at("2020-03-01 10:00")):
            found = certify(clerk, volunteer, issuer, published=True)
        with clock.set_to(at("2020-03-07 23:59")), pytest.raises(Conflict):
            issue_after_notice(clerk, certificate=found)
        with clock.set_to(at("2020-03-08 00:01")):
            assert issue_after_notice(None, certificate=found).issued_on == date(2020, 3, 8)

    def test_the_database_refuses_a_shorter_notice(self, clerk, volunteer, served, issuer) -> None:
        with clock.set_to(at("2020-03-01 10:00")):
            found = certify(clerk, volunteer, issuer, published=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            ServiceCertificate.objects.filter(pk=found.pk).update(issued_on=date(2020, 3, 7))

    def test_a_well_founded_objection_stops_it(self, clerk, volunteer, served, issuer) -> None:
        found = certify(clerk, volunteer, issuer, published=True)
        assert stop_certificate(clerk, certificate=found, reason="时长与事实不符").state == "stopped"
        with pytest.raises(Missing):
            verify(found.number)

    def test_names_are_masked_in_public(self, clerk, volunteer, served, issuer, client) -> None:
        certify(clerk, volunteer, issuer, published=True)
        page = client.get(reverse("volunteering:published_certificates")).content.decode()
        assert "样例丙" not in page
        assert "样**" in page


class TestPaper:
    def test_carries_what_it_must(self, clerk, volunteer, served, issuer) -> None:
        found = made(certify(clerk, volunteer, issuer))
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(certificate_pdf(found))).pages).replace(" ", "")
        for part in (
            found.number,
            "样例丙",
            volunteer.number,
            "样例甲",
            "样例乙",
            "0000-0000000",
            issuer.name,
            "负责人签字",
            "经办人签字",
        ):
            assert part.replace(" ", "") in text
        assert "11010519491231002X" not in text
        assert volunteer.number != volunteer.person.identity_number

    def test_made_once_and_the_same(self, clerk, volunteer, served, issuer) -> None:
        found = made(certify(clerk, volunteer, issuer))
        assert made(found).sha256 == found.sha256

    def test_each_hour_is_proven(self, clerk, volunteer, served, issuer) -> None:
        found = made(certify(clerk, volunteer, issuer))
        proofs = proofs_of(found)["proofs"]
        assert sum(Decimal(proof["record"]["quantity"]) for proof in proofs) == found.hours
        assert all(check_proof(proof).size == found.seal_size for proof in proofs)

    def test_unsealed_hours_make_no_paper(self, clerk, volunteer, served, issuer) -> None:
        with pytest.raises(Missing):
            certificate_pdf(certify(clerk, volunteer, issuer))


class TestVerify:
    def test_by_number_the_name_is_masked_by_token_it_is_not(self, clerk, volunteer, served, issuer, client) -> None:
        found = made(certify(clerk, volunteer, issuer))
        by_number = client.get(reverse("volunteering:certificate", args=[found.number])).content.decode()
        by_token = client.get(reverse("volunteering:certificate", args=[found.token])).content.decode()
        assert "样例丙" not in by_number
        assert "样例丙" in by_token
        assert client.get(reverse("volunteering:certificate_pdf", args=[found.number])).status_code == 404
        assert client.get(reverse("volunteering:certificate_pdf", args=[found.token])).status_code == 200

    def test_revoked_says_so(self, clerk, volunteer, served, issuer, client) -> None:
        found = made(certify(clerk, volunteer, issuer))
        revoke_certificate(clerk, certificate=found, reason="时长记错了")
        assert "已经撤销" in client.get(reverse("volunteering:certificate", args=[found.number])).content.decode()

    def test_an_unknown_number(self, office, client) -> None:
        answer = client.get(reverse("volunteering:verify_certificate"), {"number": "000"})
        assert "没有这个编号" in answer.content.decode()


class TestPages:
    def test_from_the_record_to_the_register(self, clerk, volunteer, served, issuer, client) -> None:
        client.force_login(clerk)
        page = client.get(reverse("volunteering:record", args=[volunteer.pk])).content.decode()
        assert "出具服务证明" in page
        form = {"first": "2020-02-01", "last": "2020-02-10", "issuer": issuer.pk, "person_in_charge": "样例甲"}
        url = reverse("volunteering:draft_certificate", args=[volunteer.pk])
        assert client.post(url, form).status_code == 422
        done = client.post(url, form | {"handler": "样例乙", "contact": "0000-0000000"})
        assert client.get(done["Location"]).status_code == 200
        assert ServiceCertificate.objects.get().number in client.get(reverse("volunteering:certificates")).content.decode()
