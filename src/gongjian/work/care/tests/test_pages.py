import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from gongjian.kernel import clock
from gongjian.kernel.models import AuditEntry
from gongjian.registry.tests.factories import make_clerk, make_organization
from gongjian.work.care.models import Pairing, Visit
from gongjian.work.care.services.pairing import Family
from gongjian.work.care.tests.factories import handed_on, make_elder, make_liaison, make_pairing, make_visit, make_worker

BACKEND = "gongjian.registry.signin.OfficeAuthenticationBackend"


@pytest.fixture
def pairing(office: Any) -> Pairing:
    return make_pairing(family=Family(address="样例路 1 号", name="样例女儿", phone="13800001111"))


class TestVisit:
    def test_sent_twice_is_one(self, client: Any, pairing: Pairing) -> None:
        client.force_login(make_liaison(pairing), backend=BACKEND)
        sent = {"means": "phone", "went": "well", "doer": "organization", "submission": str(uuid.uuid4())}
        url = reverse("care:visit", args=[pairing.pk])
        assert client.post(url, sent)["Location"] == client.post(url, sent)["Location"]
        assert Visit.objects.count() == 1

    def test_ahead_is_refused_beside_the_field_and_what_was_typed_stays(self, client: Any, pairing: Pairing) -> None:
        client.force_login(make_liaison(pairing), backend=BACKEND)
        ahead = (clock.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
        sent = {"means": "visit", "went": "watch", "doer": "organization", "at": ahead, "note": "写好的话还在"}
        response = client.post(reverse("care:visit", args=[pairing.pk]), sent)
        assert response.status_code == 422
        page = response.content.decode()
        assert "不能预先记" in page
        assert "写好的话还在" in page
        assert not Visit.objects.exists()

    def test_unusual_shows_its_whistle(self, client: Any, pairing: Pairing) -> None:
        client.force_login(make_worker(pairing), backend=BACKEND)
        sent = {"means": "visit", "went": "unusual", "doer": "community", "cause": "窗户关不严，请来修"}
        page = client.post(reverse("care:visit", args=[pairing.pk]), sent, follow=True).content.decode()
        (whistle,) = handed_on()
        assert whistle.number in page
        assert reverse("whistles:whistle", args=[whistle.pk]) in page


class TestPairing:
    def test_shows_what_is_sensitive_only_on_request(self, client: Any, pairing: Pairing) -> None:
        make_visit(pairing, note="膝盖疼")
        client.force_login(make_worker(pairing), backend=BACKEND)
        page = client.get(reverse("care:pairing", args=[pairing.pk])).content.decode()
        assert "有备注" in page
        for secret in ("膝盖", "样例女儿", "13800001111", pairing.elder.name):
            assert secret not in page
        asked = client.post(reverse("care:notes", args=[pairing.pk]))
        assert asked["Cache-Control"] == "no-store"
        for secret in ("膝盖", "样例女儿", "13800001111", pairing.elder.name):
            assert secret in asked.content.decode()
        assert AuditEntry.objects.filter(action="care.read_notes").count() == 1

    def test_the_list_reads_as_often_for_many(self, client: Any, pairing: Pairing, django_assert_max_num_queries: Any) -> None:
        for _number in range(6):
            make_pairing(organization=pairing.organization)
        client.force_login(make_worker(pairing), backend=BACKEND)
        with django_assert_max_num_queries(16):
            assert client.get(reverse("care:pairings")).status_code == 200


class TestPair:
    def test_several_by_name(self, client: Any, office: Any) -> None:
        organization = make_organization(office, "样例公司")
        make_pairing()
        elders = [make_elder(name=name) for name in ("样例甲老人", "样例乙老人")]
        client.force_login(make_clerk(office), backend=BACKEND)
        sent = {"elders": "样例甲老人\n样例乙老人", "risk": "key", "organization": "样例公司"}
        assert client.post(reverse("care:pair"), sent).status_code == 302
        assert set(Pairing.objects.filter(organization=organization).values_list("elder", flat=True)) == {e.pk for e in elders}

    def test_an_unknown_name_is_said(self, client: Any, office: Any) -> None:
        client.force_login(make_clerk(office), backend=BACKEND)
        response = client.post(reverse("care:pair"), {"elders": "查无此人", "risk": "key"})
        assert response.status_code == 422
        assert "没有“查无此人”" in response.content.decode()


class TestManaging:
    @pytest.mark.parametrize("verb", ["family", "carer", "risk", "change", "consent", "pause", "end"])
    def test_every_form_opens(self, client: Any, pairing: Pairing, verb: str) -> None:
        client.force_login(make_worker(pairing), backend=BACKEND)
        assert client.get(reverse(f"care:{verb}", args=[pairing.pk])).status_code == 200

    def test_pause_resume_end_and_forget(self, client: Any, pairing: Pairing) -> None:
        client.force_login(make_worker(pairing), backend=BACKEND)
        for verb, state in [("pause", "paused"), ("resume", "active"), ("end", "ended"), ("forget", "ended")]:
            client.post(reverse(f"care:{verb}", args=[pairing.pk]), {"words": "住院"})
            pairing.refresh_from_db()
            assert pairing.state == state
        assert not pairing.contact_phone
        page = client.get(reverse("care:pairings") + "?view=ended").content.decode()
        assert str(pairing.elder) in page

    def test_cadences_are_data(self, client: Any, pairing: Pairing) -> None:
        client.force_login(make_clerk(pairing.office), backend=BACKEND)
        sent = {"high_days": 5, "high_hours": 12, "key_days": 20, "general_days": 400}
        assert client.post(reverse("care:cadences"), sent).status_code == 422
        assert client.post(reverse("care:cadences"), sent | {"general_days": 60}).status_code == 302

    def test_credits_page(self, client: Any, pairing: Pairing) -> None:
        make_visit(pairing)
        client.force_login(make_worker(pairing), backend=BACKEND)
        with clock.set_to(clock.now() + timedelta(days=32)):
            page = client.get(reverse("care:credits")).content.decode()
            assert "记进台账" in page
