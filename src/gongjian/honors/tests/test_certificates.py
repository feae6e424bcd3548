import hashlib
import io
import json
import zipfile
from datetime import date

import pytest
from django.core.files.storage import default_storage

from gongjian.honors import selectors, services
from gongjian.honors.models import Award, Certificate
from gongjian.honors.tests.factories import at, certified, decided, make_team
from gongjian.kernel.errors import Conflict, Missing, NotAllowed
from gongjian.ledger.models import Deed
from gongjian.ledger.sealing.proofs import check_proof
from gongjian.ledger.sealing.sealer import seal


@pytest.fixture
def team(office):
    return make_team(office)


class TestIssueCertificates:
    def test_every_award_gets_a_number_and_becomes_a_deed_of_the_ledger(self, office, team):
        campaign, (candidate,) = decided(office, team)
        (certificate,) = services.issue_certificates(team.clerk, campaign=campaign)
        assert certificate.number == f"{office.code}-{campaign.slug}-001"
        deed = Deed.objects.get(kind="honor-won")
        assert (deed.organization, deed.source_key) == (candidate.organization, f"award:{certificate.award.pk}")

    def test_issuing_again_changes_nothing(self, office, team):
        campaign, _candidates = decided(office, team)
        services.issue_certificates(team.clerk, campaign=campaign)
        assert services.issue_certificates(team.clerk, campaign=campaign) == []
        assert Deed.objects.filter(kind="honor-won").count() == 1

    def test_a_leader_does_not_issue(self, office, team):
        campaign, _candidates = decided(office, team)
        with pytest.raises(NotAllowed):
            services.issue_certificates(team.leader, campaign=campaign)


class TestMakeCertificate:
    def test_it_waits_for_the_seal(self, office, team):
        campaign, _candidates = decided(office, team)
        (certificate,) = services.issue_certificates(team.clerk, campaign=campaign)
        with pytest.raises(Missing, match="封存"):
            services.make_certificate(team.clerk, certificate=certificate)

    def test_its_file_is_a_pdf_with_the_number_in_it_and_its_hash_in_the_register(self, office, team):
        campaign = certified(office, team)
        certificate = Certificate.objects.get()
        content = selectors.certificate_pdf(certificate)
        assert content.startswith(b"%PDF-")
        assert certificate.number in content.decode("latin-1") or certificate.number.encode("utf-16-be") in content
        assert certificate.sha256 == hashlib.sha256(content).hexdigest()
        assert campaign.state == "published"

    def test_making_it_twice_gives_the_same_file(self, office, team):
        certified(office, team)
        certificate = Certificate.objects.get()
        again = services.make_certificate(team.clerk, certificate=certificate)
        assert (again.sha256, again.printed_at) == (certificate.sha256, certificate.printed_at)

    def test_a_file_that_was_tampered_with_is_not_handed_out(self, office, team):
        certified(office, team)
        certificate = Certificate.objects.get()
        with default_storage.open(certificate.path, "wb") as file:
            file.write(b"%PDF- another")
        with pytest.raises(Conflict, match="改动"):
            selectors.certificate_pdf(certificate)

    def test_its_proof_can_be_checked_without_the_database(self, office, team):
        certified(office, team)
        certificate = Certificate.objects.get()
        proof = json.loads(json.dumps(selectors.proof_of_certificate(certificate)))
        assert check_proof(proof).size == certificate.seal_size
        assert proof["record"]["kind"] == "honor-won"

    def test_the_proof_stays_the_same_while_the_ledger_grows(self, office, team):
        certified(office, team)
        certificate = Certificate.objects.get()
        before = selectors.proof_of_certificate(certificate)
        decided(office, team)
        seal()
        assert selectors.proof_of_certificate(certificate) == before


class TestVerify:
    def test_a_stranger_finds_it_by_its_number(self, office, team):
        certified(office, team)
        certificate = Certificate.objects.get()
        verified = selectors.verify(f" {certificate.number} ")
        assert (verified.revoked, verified.sealed) == (False, True)
        assert verified.name == certificate.award.candidate.name

    def test_an_unknown_number_is_missing(self, office):
        with pytest.raises(Missing):
            selectors.verify("nothing")


class TestRevokeAward:
    def revoke(self, team, award, **details):
        values = {"reason": "材料不实", "revoked_on": date(2021, 4, 1), "document_number": "样街〔2021〕9号"}
        with at(2021, 4, 2):
            return services.revoke_award(team.leader, award=award, **(values | details))

    def test_it_is_shown_with_its_reason_wherever_the_certificate_is_verified(self, office, team):
        certified(office, team)
        award = self.revoke(team, Award.objects.get())
        verified = selectors.verify(award.certificate.number)
        assert (verified.revoked, verified.reason) == (True, "材料不实")

    def test_the_certificate_is_then_handed_out_with_the_word_across_it(self, office, team):
        certified(office, team)
        original = selectors.certificate_pdf(Certificate.objects.get())
        self.revoke(team, Award.objects.get())
        certificate = Certificate.objects.get()
        assert selectors.certificate_pdf(certificate) != original
        assert certificate.sha256 == hashlib.sha256(original).hexdigest()

    def test_once_only(self, office, team):
        certified(office, team)
        self.revoke(team, Award.objects.get())
        with pytest.raises(Conflict):
            self.revoke(team, Award.objects.get())

    def test_a_clerk_does_not_revoke(self, office, team):
        certified(office, team)
        with pytest.raises(NotAllowed):
            services.revoke_award(
                team.clerk, award=Award.objects.get(), reason="材料不实", revoked_on=date(2021, 4, 1), document_number="9号"
            )

    def test_revoking_the_campaign_revokes_every_award_of_it(self, office, team):
        campaign = certified(office, team)
        with at(2021, 4, 2):
            services.revoke_campaign(
                team.leader, campaign=campaign, reason="依据已废止", revoked_on=date(2021, 4, 1), document_number="9号"
            )
        verified = selectors.verify(Certificate.objects.get().number)
        assert (verified.revoked, verified.reason) == (True, "依据已废止")
        assert selectors.published_campaigns().get().is_revoked


class TestWriteArchive:
    def archive(self, team, campaign):
        file = io.BytesIO()
        services.write_archive(team.clerk, campaign=campaign, file=file)
        return file.getvalue()

    def test_the_manifest_holds_the_hash_of_every_file(self, office, team):
        campaign = certified(office, team, organizations=2)
        with zipfile.ZipFile(io.BytesIO(self.archive(team, campaign))) as archive:
            manifest = json.loads(archive.read("manifest.json"))["sha256"]
            assert set(manifest) == set(archive.namelist()) - {"manifest.json"}
            for name, digest in manifest.items():
                assert hashlib.sha256(archive.read(name)).hexdigest() == digest
            assert sum(name.endswith(".pdf") for name in manifest) == 2

    def test_the_same_campaign_gives_the_same_bytes(self, office, team):
        campaign = certified(office, team)
        first = self.archive(team, campaign)
        decided(office, team)
        seal()
        assert self.archive(team, campaign) == first

    def test_scores_carry_the_deeds_they_stand_on(self, office, team):
        from gongjian.honors.scoring import Rule, RuleSet
        from gongjian.honors.tests.factories import choose, clear, in_review

        campaign, (candidate,) = in_review(office, team)
        services.save_rule_set(
            team.clerk, campaign=campaign, rule_set=RuleSet((Rule(kind="volunteer-hours", per="unit", min_level=0),))
        )
        with at(2021, 3, 1):
            clear(team, candidate)
            choose(team, campaign, [candidate])
            services.publish_notice(team.clerk, campaign=campaign)
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
            services.decide(team.leader, campaign=campaign, document_number="5号", decided_on=date(2021, 3, 9))
        with zipfile.ZipFile(io.BytesIO(self.archive(team, campaign))) as archive:
            scores = json.loads(archive.read(f"scores/{candidate.pk}.json"))
        deed = Deed.objects.get(organization=candidate.organization)
        assert scores == {"candidate": candidate.pk, "lines": {"volunteer-hours:unit": [str(deed.pk)]}}

    def test_nothing_leads_back_to_who_objected(self, office, team):
        from gongjian.honors.tests.factories import found, make_objection, on_notice

        with at(2021, 3, 1):
            campaign, _candidates = on_notice(office, team)
            objection = found(team, make_objection(campaign, name="李四光", contact="13800000000"), well_founded=False)
            services.answer_objection(team.clerk, objection=objection, answer="谢谢，已核实")
        with at(2021, 3, 9):
            services.end_notice(team.clerk, campaign=campaign)
            services.decide(team.leader, campaign=campaign, document_number="5号", decided_on=date(2021, 3, 9))
        campaign = selectors.get_campaign(campaign.slug)
        with zipfile.ZipFile(io.BytesIO(self.archive(team, campaign))) as archive:
            text = "".join(archive.read(name).decode("latin-1") for name in archive.namelist())
            notice = json.loads(archive.read("notice.json"))
        assert "13800000000" not in text
        assert objection.token not in text
        assert notice["objections"][0]["named"] is True
        assert "name" not in notice["objections"][0]

    def test_only_after_a_decision(self, office, team):
        from gongjian.honors.tests.factories import open_nominations

        with pytest.raises(Conflict):
            self.archive(team, open_nominations(office))
