import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from gongjian.kernel import clock
from gongjian.kernel.errors import Conflict, Invalid, NotAllowed
from gongjian.registry.models import Role
from gongjian.registry.tests.factories import make_account, make_community
from gongjian.work.whistles.models import Exclusion
from gongjian.work.whistles.selectors.exclusions import exclusions
from gongjian.work.whistles.services.excluding import ask_exclusion, decide_exclusion_finally, decide_exclusion_first
from gongjian.work.whistles.tests.factories import Cast, make_whistle

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def cast(office):
    return Cast()


def ask(cast, **values):
    values = {"whistle": make_whistle(), "reason": "beyond_duty", "words": "属于合同纠纷，已告知途径"} | values
    return ask_exclusion(values.pop("actor", cast.worker), **values)


class TestAsk:
    def test_evidence_comes_with_it(self, cast):
        asked = ask(cast, evidence=[SimpleUploadedFile("受理通知.pdf", PDF, "application/pdf")])
        assert [item.file_name for item in asked.evidence.all()] == ["受理通知.pdf"]

    def test_once_at_a_time(self, cast):
        asked = ask(cast)
        with pytest.raises(Conflict):
            ask(cast, whistle=asked.whistle)
        decide_exclusion_first(cast.clerk, exclusion=asked, agreed=False, words="依据不足")
        assert ask(cast, whistle=asked.whistle).state == "asked"

    @pytest.mark.parametrize("wrong", [{"reason": "tired"}, {"words": " "}])
    def test_it_must_say_why(self, cast, wrong):
        with pytest.raises(Invalid):
            ask(cast, **wrong)

    def test_not_for_another_community_and_not_by_the_unit(self, cast):
        stranger = make_account(cast.office, Role.COMMUNITY_WORKER, community=make_community(cast.office))
        for actor in (stranger, cast.liaison):
            with pytest.raises(NotAllowed):
                ask(cast, actor=actor)


class TestDecide:
    def test_three_people_make_it(self, cast):
        asked = ask(cast)
        decide_exclusion_first(cast.clerk, exclusion=asked, agreed=True, words="同意")
        done = decide_exclusion_finally(cast.leader, exclusion=asked, agreed=True, words="同意")
        assert (done.state, done.asked_by, done.first_by, done.final_by) == ("excluded", cast.worker, cast.clerk, cast.leader)

    def test_who_asked_does_not_decide(self, cast):
        with pytest.raises(NotAllowed):
            decide_exclusion_first(cast.clerk, exclusion=ask(cast, actor=cast.clerk), agreed=True, words="同意")

    def test_who_agreed_first_does_not_decide_finally(self, cast):
        asked = ask(cast)
        asked = decide_exclusion_first(cast.clerk, exclusion=asked, agreed=True, words="同意")
        with pytest.raises(NotAllowed):
            decide_exclusion_finally(cast.clerk, exclusion=asked, agreed=True, words="同意")

    def test_the_second_level_cannot_come_first_nor_the_first_twice(self, cast):
        asked = ask(cast)
        with pytest.raises(Conflict):
            decide_exclusion_finally(cast.leader, exclusion=asked, agreed=True, words="同意")
        decide_exclusion_first(cast.clerk, exclusion=asked, agreed=True, words="同意")
        with pytest.raises(Conflict):
            decide_exclusion_first(cast.leader, exclusion=asked, agreed=True, words="同意")

    def test_the_database_holds_to_it_as_well(self, cast):
        asked = ask(cast)
        with pytest.raises(IntegrityError), transaction.atomic():
            Exclusion.objects.filter(pk=asked.pk).update(state="excluded")


class TestQueue:
    def test_the_oldest_comes_first_and_what_is_decided_goes(self, cast):
        first, second = ask(cast), ask(cast)
        assert list(exclusions(cast.leader)) == [first, second]
        decide_exclusion_first(cast.clerk, exclusion=first, agreed=False, words="依据不足")
        assert list(exclusions(cast.leader)) == [second]
        assert list(exclusions(cast.leader, decided=True)) == [first]

    def test_a_unit_sees_those_that_it_was_sent(self, cast):
        ask(cast)
        sent = ask(cast, whistle=cast.dispatched().whistle)
        assert list(exclusions(cast.liaison)) == [sent]

    def test_the_page_lets_the_next_person_decide(self, cast, client):
        cast.office.hostnames = ["testserver"]
        cast.office.save()
        asked = ask(cast)
        for account, expected in ((cast.clerk, "first_agreed"), (cast.leader, "excluded")):
            client.force_login(account, backend="gongjian.registry.signin.OfficeAuthenticationBackend")
            client.post(f"/whistles/exclusions/{asked.pk}/", {"agreed": "yes", "words": "材料齐全"})
            asked.refresh_from_db()
            assert asked.state == expected
        assert asked.final_at <= clock.now()
