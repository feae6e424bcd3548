import json
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from gongjian.kernel.errors import Conflict, Invalid, Missing, NotAllowed
from gongjian.kernel.models import AuditEntry
from gongjian.registry.models import Account, Consent, DataRequest, Person, Role
from gongjian.registry.selectors import changes_of, get_person, people
from gongjian.registry.services.people import give_consent, reveal_person, withdraw_consent
from gongjian.registry.services.rights import copy_of_person, correct_person, erase_person
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_community, make_person

IDENTITY, PHONE = "11010519491231002X", "13800138000"
BASIS = "本人持身份证到窗口"


@pytest.fixture
def clerk(office: Any) -> Account:
    return make_clerk(office)


@pytest.fixture
def neighbor(office: Any) -> Person:
    return make_person(office, "欧阳样例", identity_number=IDENTITY, phone=PHONE, community=first_community(office))


class TestEnterPerson:
    def test_numbers_are_encrypted_at_rest(self, neighbor: Person) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT identity_number, phone, identity_mark, phone_mark FROM registry_person")
            kept = " ".join(cursor.fetchone())
        assert IDENTITY not in kept
        assert PHONE not in kept
        neighbor.refresh_from_db()
        assert (neighbor.identity_number, neighbor.phone) == (IDENTITY, PHONE)

    def test_one_identity_number_is_one_person(self, office: Any, neighbor: Person) -> None:
        with pytest.raises(Conflict, match="已经登记过"):
            make_person(office, "另一个", identity_number=IDENTITY)

    def test_people_without_a_number_are_many(self, office: Any) -> None:
        assert make_person(office, "样例") != make_person(office, "样例")

    @pytest.mark.parametrize("number", ["11010519491231002", "110105194912310020", "abc"])
    def test_a_wrong_identity_number_is_refused(self, office: Any, number: str) -> None:
        with pytest.raises(Invalid, match="校验码"):
            make_person(office, "样例", identity_number=number)

    @pytest.mark.parametrize("phone", ["123", "一三八", "1234567890123"])
    def test_a_wrong_phone_is_refused(self, office: Any, phone: str) -> None:
        with pytest.raises(Invalid, match="电话"):
            make_person(office, "样例", phone=phone)

    def test_a_name_is_needed(self, office: Any) -> None:
        with pytest.raises(Invalid, match="姓名"):
            make_person(office, "  ")


class TestPeople:
    def test_by_a_part_of_the_name_or_the_whole_phone_number(self, clerk: Account, neighbor: Person, office: Any) -> None:
        make_person(office, "别人样例")
        assert list(people(clerk, "欧阳")) == list(people(clerk, "138-0013-8000")) == [neighbor]
        assert not people(clerk, "1380013").exists()

    def test_a_community_worker_knows_those_of_the_own_community(self, office: Any, neighbor: Person) -> None:
        own = make_account(office, Role.COMMUNITY_WORKER, community=first_community(office))
        other = make_account(office, Role.COMMUNITY_WORKER, community=make_community(office))
        assert get_person(own, neighbor.pk) == neighbor
        with pytest.raises(Missing):
            get_person(other, neighbor.pk)


class TestRevealPerson:
    def test_it_is_shown_and_logged_with_its_reason(self, clerk: Account, neighbor: Person) -> None:
        shown = reveal_person(clerk, person=neighbor, reason="通知领取证书")
        assert shown == {"name": "欧阳样例", "phone": PHONE, "identity_number": IDENTITY}
        entry = AuditEntry.objects.get(action="registry.reveal_person")
        assert (entry.actor, entry.thing_name, entry.detail) == (clerk, "欧***", {"reason": "通知领取证书"})

    @pytest.mark.parametrize("reason", ["", "   ", "看看"])
    def test_without_a_reason_nothing_is_shown(self, clerk: Account, neighbor: Person, reason: str) -> None:
        with pytest.raises(Invalid, match="理由"):
            reveal_person(clerk, person=neighbor, reason=reason)
        assert not AuditEntry.objects.filter(action="registry.reveal_person").exists()

    def test_a_worker_of_another_community_may_not(self, office: Any, neighbor: Person) -> None:
        other = make_account(office, Role.COMMUNITY_WORKER, community=make_community(office))
        with pytest.raises(NotAllowed):
            reveal_person(other, person=neighbor, reason="想看一看")


class TestConsent:
    def test_given_twice_it_is_one(self, clerk: Account, neighbor: Person) -> None:
        first = give_consent(clerk, person=neighbor, purpose="contact", means="电话")
        assert give_consent(clerk, person=neighbor, purpose="contact", means="签字") == first

    def test_withdrawn_it_is_kept_and_may_be_given_again(self, clerk: Account, neighbor: Person) -> None:
        consent = give_consent(clerk, person=neighbor, purpose="contact", means="电话")
        withdraw_consent(clerk, consent=consent)
        with pytest.raises(Conflict, match="已经撤回"):
            withdraw_consent(clerk, consent=consent)
        assert give_consent(clerk, person=neighbor, purpose="contact", means="电话") != consent
        assert Consent.objects.count() == 2


class TestCopyOfPerson:
    def test_it_holds_everything_and_is_registered(self, clerk: Account, neighbor: Person) -> None:
        give_consent(clerk, person=neighbor, purpose="contact", means="电话")
        held = copy_of_person(clerk, person=neighbor, basis=BASIS)
        own = held["registry"]
        assert (own["name"], own["identity_number"], own["phone"]) == ("欧阳样例", IDENTITY, PHONE)
        assert own["consents"][0]["means"] == "电话"
        assert own["data_requests"][0]["basis"] == BASIS
        assert json.dumps(held)

    def test_without_a_basis_there_is_none(self, clerk: Account, neighbor: Person) -> None:
        with pytest.raises(Invalid, match="核实"):
            copy_of_person(clerk, person=neighbor, basis="")


class TestCorrectPerson:
    def test_numbers_left_empty_stay(self, clerk: Account, neighbor: Person) -> None:
        person = correct_person(clerk, person=neighbor, basis=BASIS, name="欧阳示例", phone="13900139000")
        assert (person.name, person.identity_number, person.phone) == ("欧阳示例", IDENTITY, "13900139000")
        assert list(people(clerk, "13900139000")) == [person]
        assert DataRequest.objects.get().kind == "correct"

    def test_the_history_shows_names_masked(self, clerk: Account, neighbor: Person) -> None:
        correct_person(clerk, person=neighbor, basis=BASIS, name="欧阳示范例")
        (step,) = changes_of(neighbor)[0].steps
        assert (step.before, step.after) == ("欧***", "欧****")


class TestErasePerson:
    def test_nothing_that_names_them_is_left(self, clerk: Account, neighbor: Person) -> None:
        give_consent(clerk, person=neighbor, purpose="contact", means="电话")
        erase_person(clerk, person=neighbor, basis=BASIS)
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(p)::text FROM registry_person p UNION ALL "
                           "SELECT row_to_json(e)::text FROM registry_personevent e")  # fmt: skip
            kept = " ".join(row[0] for row in cursor.fetchall())
        assert "欧阳" not in kept
        assert not Consent.objects.filter(withdrawn_at=None).exists()
        assert not people(clerk).exists()
        assert DataRequest.objects.get().kind == "erase"

    def test_the_number_is_free_again(self, clerk: Account, neighbor: Person, office: Any) -> None:
        erase_person(clerk, person=neighbor, basis=BASIS)
        assert make_person(office, "新来样例", identity_number=IDENTITY).pk

    def test_while_they_have_an_account_it_waits(self, clerk: Account, neighbor: Person, office: Any) -> None:
        Account.objects.filter(pk=make_account(office).pk).update(person=neighbor)
        with pytest.raises(Conflict, match="停用账号"):
            erase_person(clerk, person=neighbor, basis=BASIS)

    def test_twice_is_once(self, clerk: Account, neighbor: Person) -> None:
        erase_person(clerk, person=neighbor, basis=BASIS)
        neighbor.refresh_from_db()
        with pytest.raises(Conflict, match="已经删除"):
            erase_person(clerk, person=neighbor, basis=BASIS)


class TestPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client: Any, clerk: Account) -> None:
        client.force_login(clerk, backend="gongjian.registry.signin.OfficeAuthenticationBackend")

    def test_the_page_shows_nothing_in_clear(self, client: Any, neighbor: Person) -> None:
        page = client.get(reverse("registry:person", args=[neighbor.pk])).content.decode()
        assert "欧***" in page
        assert "138****8000" in page
        assert not any(secret in page for secret in ("欧阳", PHONE, IDENTITY))

    def test_with_a_reason_it_does_and_is_not_cached(self, client: Any, neighbor: Person) -> None:
        response = client.post(reverse("registry:reveal_person", args=[neighbor.pk]), {"reason": "通知领取证书"})
        assert PHONE in response.content.decode()
        assert response["Cache-Control"] == "no-store"

    def test_without_one_it_says_so(self, client: Any, neighbor: Person) -> None:
        response = client.post(reverse("registry:reveal_person", args=[neighbor.pk]), {"reason": ""})
        assert response.status_code == 422
        assert PHONE not in response.content.decode()

    def test_a_copy_is_a_file(self, client: Any, neighbor: Person) -> None:
        response = client.post(reverse("registry:copy_person", args=[neighbor.pk]), {"basis": BASIS})
        assert response["Content-Disposition"].startswith("attachment")
        assert response.json()["registry"]["phone"] == PHONE

    def test_the_correction_form_holds_no_numbers(self, client: Any, neighbor: Person) -> None:
        page = client.get(reverse("registry:correct_person", args=[neighbor.pk])).content.decode()
        assert PHONE not in page
        assert IDENTITY not in page

    def test_what_was_done_stands_in_the_register(self, client: Any, neighbor: Person) -> None:
        client.post(reverse("registry:erase_person", args=[neighbor.pk]), {"basis": BASIS})
        page = client.get(reverse("registry:data_requests")).content.decode()
        assert BASIS in page
        assert "已注销的人" in page

    def test_a_consent_is_given_and_withdrawn(self, client: Any, neighbor: Person) -> None:
        client.post(reverse("registry:give_consent", args=[neighbor.pk]), {"purpose": "contact", "means": "电话里答应"})
        consent = Consent.objects.get()
        page = client.post(reverse("registry:withdraw_consent", args=[consent.pk]), follow=True).content.decode()
        assert "撤回" in page
