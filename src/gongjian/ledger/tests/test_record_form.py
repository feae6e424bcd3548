from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.ledger.models import Deed, Evidence
from gongjian.ledger.tests.factories import image_file
from gongjian.ledger.tests.paperwork import filled_in, sign_in
from gongjian.registry.tests.factories import first_community, make_account, make_community, make_organization, make_person


class TestRecordForm:
    def test_a_deed_with_two_photos(self, as_clerk: Client, office: Any) -> None:
        photos = [image_file("一.png"), image_file("二.png", color="blue")]
        answer = as_clerk.post(reverse("ledger:record"), filled_in(office, evidence=photos))
        deed = Deed.objects.get()
        assert answer["Location"] == reverse("ledger:deed", args=[deed.pk])
        assert sorted(deed.evidence_digests) == sorted(Evidence.objects.values_list("sha256", flat=True))
        assert deed.evidence_links.count() == 2

    def test_the_same_form_twice_is_one_deed(self, as_clerk: Client, office: Any) -> None:
        form = filled_in(office, submission="0193e7a0-0000-4000-8000-000000000000")
        first = as_clerk.post(reverse("ledger:record"), form)
        second = as_clerk.post(reverse("ledger:record"), form)
        assert first["Location"] == second["Location"]
        assert Deed.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"organization": "没有这个单位"}, "organization"),
            ({"organization": ""}, "organization"),
            ({"kind": ""}, "kind"),
            ({"kind": "no-such-kind"}, "kind"),
            ({"place": "0"}, "place"),
            ({"occurred_from": "2026-02-30"}, "occurred_from"),
            ({"occurred_from": "昨天"}, "occurred_from"),
            ({"occurred_from": "2999-01-01"}, "occurred_to"),
            ({"occurred_from": "1900-01-01"}, "occurred_from"),
            ({"precision": "range"}, "occurred_to"),
            ({"precision": "range", "occurred_to": "2026-03-01"}, "occurred_to"),
            ({"quantity": "-8"}, "quantity"),
            ({"quantity": "0"}, "quantity"),
            ({"quantity": "1e30"}, "quantity"),
            ({"quantity": "NaN"}, "quantity"),
            ({"quantity": "八"}, "quantity"),
            ({"quantity": ""}, "quantity"),
            ({"kind": "visit", "quantity": "1.5"}, "quantity"),
            ({"kind": "joint-inspection"}, "quantity"),
            ({"statement": "好"}, "statement"),
            ({"statement": "好" * 501}, "statement"),
            ({"beneficiary": "老" * 121}, "beneficiary"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_recorded(
        self, as_clerk: Client, office: Any, changes: dict[str, Any], field: str
    ) -> None:
        files = {"evidence": image_file()}
        answer = as_clerk.post(reverse("ledger:record"), filled_in(office, beneficiary="孤老王奶奶", **files) | changes)
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert "孤老王奶奶" in answer.content.decode() or "beneficiary" in changes
        assert not Deed.objects.exists()
        assert not Evidence.objects.exists()

    @pytest.mark.parametrize(
        ("file", "sentence"),
        [
            (SimpleUploadedFile("大.jpg", b"\xff\xd8\xff" + b"0" * (settings.EVIDENCE_MAX_BYTES + 1)), "太大"),
            (SimpleUploadedFile("坏.png", b"\x89PNG\r\n\x1a\n broken"), "打不开"),
            (SimpleUploadedFile("空.png", b""), "空文件"),
            (SimpleUploadedFile("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "不是能收的文件"),
            (SimpleUploadedFile("假.jpg", b"%PDF-1.7 %%EOF"), "不一致"),
        ],
    )
    def test_a_bad_file_takes_the_good_one_beside_it_along(
        self, as_clerk: Client, office: Any, file: SimpleUploadedFile, sentence: str
    ) -> None:
        file.seek(0)
        answer = as_clerk.post(reverse("ledger:record"), filled_in(office, evidence=[image_file(), file]))
        assert answer.status_code == 422
        assert sentence in str(answer.context["form"].errors["evidence"])
        assert not Deed.objects.exists()
        assert not Evidence.objects.exists()

    @pytest.mark.parametrize(
        ("precision", "first", "last"),
        [("month", date(2026, 2, 1), date(2026, 2, 28)), ("year", date(2026, 1, 1), None), ("day", date(2026, 2, 9), None)],
    )
    def test_dates_are_as_precise_as_they_are_remembered(
        self, as_clerk: Client, office: Any, precision: str, first: date, last: date | None
    ) -> None:
        as_clerk.post(reverse("ledger:record"), filled_in(office, precision=precision, occurred_from="2026-02-09"))
        deed = Deed.objects.get()
        assert (deed.precision, deed.occurred_from) == (precision, first)
        assert last is None or deed.occurred_to == last

    def test_a_near_name_is_suggested(self, as_clerk: Client, office: Any) -> None:
        make_organization(office, "河南省实验小学")
        answer = as_clerk.post(reverse("ledger:record"), filled_in(office, organization="实验小"))
        assert "河南省实验小学" in answer.content.decode()

    def test_a_worker_chooses_among_the_own_places(self, client: Client, office: Any) -> None:
        make_community(office, "别的社区")
        worker = make_account(office, "community_worker", community=first_community(office))
        page = sign_in(client, worker).get(reverse("ledger:record")).content.decode()
        assert "一号社区" in page
        assert "别的社区" not in page

    def test_a_liaison_chooses_among_the_own_organizations(self, client: Client, office: Any) -> None:
        own = make_organization(office, "自己单位")
        make_organization(office, "别人单位")
        sign_in(client, make_account(office, "unit_liaison", organization=own))
        page = client.get(reverse("ledger:record")).content.decode()
        assert "自己单位" in page
        assert "别人单位" not in page
        client.post(reverse("ledger:record"), filled_in(office, organization=own.pk))
        assert Deed.objects.get().organization == own


class TestTheFieldOfAPerson:
    def test_a_deed_of_a_person_alone(self, as_clerk: Client, office: Any) -> None:
        person = make_person(office)
        as_clerk.post(reverse("ledger:record"), filled_in(office, organization="", person=person.name))
        deed = Deed.objects.get()
        assert (deed.person, deed.organization) == (person, None)

    def test_of_two_with_one_name_the_number_says_which(self, as_clerk: Client, office: Any) -> None:
        _other, person = make_person(office, "样例同名"), make_person(office, "样例同名")
        answer = as_clerk.post(reverse("ledger:record"), filled_in(office, person="样例同名"))
        assert answer.context["form"].errors["person"]
        as_clerk.post(reverse("ledger:record"), filled_in(office, person=f"样例同名 #{person.pk}"))
        assert Deed.objects.get().person == person

    @pytest.mark.parametrize("typed", ["查无此人", "#1", "样例 #x", "样例 #99999999999999999999"])
    def test_somebody_unknown_is_refused(self, as_clerk: Client, office: Any, typed: str) -> None:
        answer = as_clerk.post(reverse("ledger:record"), filled_in(office, person=typed))
        assert "person" in answer.context["form"].errors

    def test_a_community_worker_finds_and_records_people_of_the_own_community_alone(self, client: Client, office: Any) -> None:
        own, other = first_community(office), make_community(office)
        sign_in(client, make_account(office, "community_worker", community=own))
        here, there = make_person(office, "样例甲某", community=own), make_person(office, "样例乙某", community=other)
        said = client.get(reverse("ledger:person_names"), {"person": "样例"}).content.decode()
        assert f"{here.name} #{here.pk}" in said
        assert there.name not in said
        answer = client.post(reverse("ledger:record"), filled_in(office, person=there.name))
        assert "person" in answer.context["form"].errors

    def test_a_liaison_is_offered_nobody(self, client: Client, office: Any) -> None:
        make_person(office, "样例丙某")
        sign_in(client, make_account(office, "unit_liaison", organization=make_organization(office)))
        assert "样例" not in client.get(reverse("ledger:person_names"), {"person": "样例"}).content.decode()
        assert "person" not in client.get(reverse("ledger:record")).context["form"].fields

    def test_nothing_typed_lists_nobody(self, as_clerk: Client, office: Any) -> None:
        make_person(office, "样例丁某")
        assert "样例" not in as_clerk.get(reverse("ledger:person_names"), {"person": " #"}).content.decode()
