import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongjian.kernel.models import AuditEntry
from gongjian.ledger.models import Confirmation, Deed, Evidence, Level, Seal
from gongjian.ledger.sealing.proofs import proof_of
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.selectors import level_of
from gongjian.ledger.services import reverse_deed
from gongjian.ledger.tests.factories import image_file, make_deed, make_evidence
from gongjian.registry.models import Account
from gongjian.registry.tests.factories import first_community, make_account, make_clerk, make_community, make_organization


@pytest.fixture
def clerk(office: Any) -> Account:
    return make_clerk(office)


@pytest.fixture
def as_clerk(client: Client, clerk: Account) -> Client:
    return sign_in(client, clerk)


def sign_in(client: Client, account: Account) -> Client:
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[1])
    return client


def filled_in(office: Any, **changes: Any) -> dict[str, Any]:
    return {
        "organization": make_organization(office).name,
        "kind": "volunteer-hours",
        "place": first_community(office).pk,
        "precision": "day",
        "occurred_from": "2026-03-02",
        "quantity": "8",
        "approximation": "exact",
        "statement": "{日}到卡点值守{数}",
        "public": "on",
    } | changes


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
        self, as_clerk: Client, office: Any, file: SimpleUploadedFile, sentence: str, settings: Any, tmp_path: Any
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


class TestDeedPage:
    def test_tells_it_with_the_figures_marked(self, client: Client, office: Any) -> None:
        deed = make_deed(office, statement="{日}到卡点值守{数}")
        page = client.get(reverse("ledger:deed", args=[deed.pk])).content.decode()
        assert '<a class="fig" href="#evidence">8小时</a>' in page

    def test_what_somebody_typed_is_text(self, client: Client, office: Any) -> None:
        deed = make_deed(office, statement="<script>alert(1)</script>{数}", beneficiary="<img src=x onerror=alert(1)>")
        page = client.get(reverse("ledger:deed", args=[deed.pk])).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page

    def test_strangers_do_not_see_who_recorded_it_nor_the_warnings(self, client: Client, office: Any) -> None:
        photo = make_evidence(office)
        make_deed(office, evidence=[photo])
        deed = make_deed(office, evidence=[photo])
        address = reverse("ledger:deed", args=[deed.pk])
        assert "同一个文件还用在另一条事迹" not in client.get(address).content.decode()
        page = sign_in(client, make_clerk(office)).get(address).content.decode()
        assert "同一个文件还用在另一条事迹" in page
        assert deed.recorded_by.name in page

    def test_restricted_evidence_is_counted_not_shown(self, client: Client, office: Any) -> None:
        photo = make_evidence(office, public=False)
        deed = make_deed(office, evidence=[photo])
        page = client.get(reverse("ledger:deed", args=[deed.pk])).content.decode()
        assert reverse("ledger:thumbnail", args=[photo.pk]) not in page
        assert "另有 1 份证据不公开" in page

    def test_a_reversed_deed_says_why(self, client: Client, office: Any, clerk: Account) -> None:
        deed = make_deed(office)
        reversal = reverse_deed(clerk, deed=deed, reason="同一件事记了两遍")
        page = client.get(reverse("ledger:deed", args=[deed.pk])).content.decode()
        assert "同一件事记了两遍" in page
        assert reverse("ledger:deed", args=[reversal.pk]) in page

    def test_once_sealed_the_proof_can_be_taken_along(self, client: Client, office: Any) -> None:
        deed = make_deed(office)
        address = reverse("ledger:deed", args=[deed.pk])
        assert "还没封存" in client.get(address).content.decode()
        seal()
        assert reverse("ledger:proof", args=[deed.pk]) in client.get(address).content.decode()
        proof = client.get(reverse("ledger:proof", args=[deed.pk]))
        assert "attachment" in proof["Content-Disposition"]
        assert proof.json() == proof_of(Deed.objects.get(pk=deed.pk))

    def test_costs_the_same_with_more_evidence(self, as_clerk: Client, office: Any, django_assert_max_num_queries: Any) -> None:
        photos = [make_evidence(office, color=color) for color in ("red", "blue", "green", "white", "black", "gray")]
        address = reverse("ledger:deed", args=[make_deed(office, evidence=photos).pk])
        with django_assert_max_num_queries(20):
            as_clerk.get(address)


class TestActs:
    def test_a_worker_confirms(self, client: Client, office: Any) -> None:
        deed = make_deed(office)
        sign_in(client, make_account(office, "community_worker", community=first_community(office)))
        address = reverse("ledger:confirm", args=[deed.pk])
        assert "一号社区居委会" in client.get(address).content.decode()
        client.post(address, {"on_behalf_of": "一号社区居委会"})
        assert level_of(deed) == Level.COMMUNITY

    def test_a_third_party_without_its_paper_is_refused_beside_the_field(self, as_clerk: Client, office: Any) -> None:
        deed = make_deed(office)
        address = reverse("ledger:witness", args=[deed.pk])
        answer = as_clerk.post(address, {"on_behalf_of": "红十字会"})
        assert answer.status_code == 422
        assert "evidence" in answer.context["form"].errors
        as_clerk.post(address, {"on_behalf_of": "红十字会", "evidence": image_file()})
        assert Confirmation.objects.get().level == Level.THIRD_PARTY

    def test_reversing_needs_a_reason(self, as_clerk: Client, office: Any) -> None:
        deed = make_deed(office)
        address = reverse("ledger:reverse", args=[deed.pk])
        assert as_clerk.post(address, {"reason": "错"}).status_code == 422
        assert as_clerk.post(address, {"reason": "记了两遍"}).status_code == 302
        assert Deed.objects.filter(reverses=deed).exists()

    def test_correcting_begins_with_what_was_recorded_and_keeps_its_evidence(self, as_clerk: Client, office: Any) -> None:
        deed = make_deed(office, evidence=[make_evidence(office)])
        address = reverse("ledger:correct", args=[deed.pk])
        form = as_clerk.get(address).context["form"]
        assert form.initial["quantity"] == 8
        organization = str(deed.organization)
        as_clerk.post(address, filled_in(office, organization=organization, quantity="9", reason="少写了一小时"))
        right = Deed.objects.get(quantity=Decimal(9))
        assert right.evidence_digests == deed.evidence_digests
        assert Deed.objects.get(reverses=deed).quantity == -8


class TestEvidenceFiles:
    def test_a_public_copy_is_for_anyone_and_stays(self, client: Client, office: Any) -> None:
        photo = make_evidence(office)
        for name in ("ledger:thumbnail", "ledger:picture"):
            answer = client.get(reverse(name, args=[photo.pk]))
            assert answer["Content-Type"] == "image/jpeg"
            assert "immutable" in answer["Cache-Control"]
            assert b"".join(answer.streaming_content).startswith(b"\xff\xd8\xff")

    def test_a_restricted_copy_is_not_kept_anywhere(self, as_clerk: Client, office: Any) -> None:
        answer = as_clerk.get(reverse("ledger:picture", args=[make_evidence(office, public=False).pk]))
        assert answer["Cache-Control"] == "private, no-store"
        list(answer)

    def test_an_original_is_as_it_came_and_reading_it_is_written_down(self, as_clerk: Client, office: Any) -> None:
        photo = make_evidence(office, name="现场.png")
        answer = as_clerk.get(reverse("ledger:original", args=[photo.pk]))
        assert b"".join(answer.streaming_content) == image_file().read()
        assert answer["Content-Type"] == "image/png"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "private, no-store"
        assert AuditEntry.objects.filter(action="ledger.view_original", thing_id=str(photo.pk)).count() == 1

    def test_withdrawing_takes_the_copy_from_strangers(self, as_clerk: Client, office: Any) -> None:
        photo = make_evidence(office)
        as_clerk.post(reverse("ledger:withdraw_evidence", args=[photo.pk]))
        assert Client().get(reverse("ledger:picture", args=[photo.pk])).status_code == 404


class TestExport:
    def test_what_looks_like_a_formula_stays_text(self, as_clerk: Client, office: Any) -> None:
        for start in "=+-@":
            make_deed(office, statement=f"{start}HYPERLINK(1)数{{数}}", beneficiary=f"{start}1+1")
        answer = as_clerk.get(reverse("ledger:export"))
        sheet = load_workbook(BytesIO(answer.content)).active
        rows = list(sheet.iter_rows(min_row=2))
        assert len(rows) == 4
        texts = [cell.value for row in rows for cell in row if isinstance(cell.value, str) and cell.value]
        assert not [text for text in texts if text[0] in "=+-@\t\r"]
        assert not [cell for row in rows for cell in row if cell.data_type == "f"]

    def test_follows_the_filter(self, as_clerk: Client, office: Any) -> None:
        make_deed(office)
        make_deed(office, kind="visit")
        answer = as_clerk.get(reverse("ledger:export"), {"kind": "visit"})
        assert load_workbook(BytesIO(answer.content)).active.max_row == 2


class TestTransparency:
    def test_before_the_first_seal(self, client: Client, office: Any) -> None:
        assert "还没有封存过" in client.get(reverse("ledger:transparency")).content.decode()

    def test_an_old_root_is_found_again(self, client: Client, office: Any) -> None:
        make_deed(office)
        old = seal()
        make_deed(office)
        seal()
        address = reverse("ledger:transparency")
        assert old
        assert client.get(address, {"size": old.size, "root": old.root.upper()}).context["still_there"] is True
        assert client.get(address, {"size": old.size, "root": "0" * 64}).context["still_there"] is False
        assert client.get(address, {"size": 99, "root": old.root}).context["still_there"] is False
        assert client.get(address, {"size": "x", "root": "y"}).context["still_there"] is None

    def test_the_feed_carries_roots_and_signatures(self, client: Client, office: Any) -> None:
        make_deed(office)
        sealed = seal()
        feed = client.get(reverse("ledger:feed"))
        assert feed["Content-Type"].startswith("application/atom+xml")
        assert sealed
        assert sealed.root in feed.content.decode()
        assert sealed.signature in feed.content.decode()

    def test_consistency_of_two_seals(self, client: Client, office: Any) -> None:
        for _ in range(3):
            make_deed(office)
            seal()
        first, last = Seal.objects.order_by("size").first(), Seal.objects.order_by("size").last()
        assert first
        assert last
        proof = client.get(reverse("ledger:consistency", args=[first.size, last.size])).json()
        assert proof["old"]["root"] == first.root
        assert proof["path"]
        assert client.get(reverse("ledger:consistency", args=[last.size, first.size])).status_code == 404


class TestVerifyPage:
    def test_a_proof_that_fits_shows_the_record(self, client: Client, office: Any) -> None:
        deed = make_deed(office)
        seal()
        proof = json.dumps(proof_of(Deed.objects.get(pk=deed.pk)))
        for data in ({"text": proof}, {"proof": SimpleUploadedFile("p.json", proof.encode())}):
            answer = client.post(reverse("ledger:verify"), data)
            assert answer.context["ours"] is True
            assert reverse("ledger:deed", args=[deed.pk]) in answer.content.decode()

    def test_a_restricted_deed_is_not_linked(self, client: Client, office: Any) -> None:
        deed = make_deed(office, public=False)
        seal()
        answer = client.post(reverse("ledger:verify"), {"text": json.dumps(proof_of(Deed.objects.get(pk=deed.pk)))})
        assert answer.context["deed"] is None

    @pytest.mark.parametrize("text", ["", "{}", "[1]", "不是证明", "[" * 5000])
    def test_anything_else_is_refused_with_a_sentence(self, client: Client, office: Any, text: str) -> None:
        answer = client.post(reverse("ledger:verify"), {"text": text})
        assert answer.status_code == 422
        assert answer.context["form"].errors

    def test_a_changed_record_is_refused(self, client: Client, office: Any) -> None:
        deed = make_deed(office)
        seal()
        proof = proof_of(Deed.objects.get(pk=deed.pk))
        proof["record"]["quantity"] = "80.00"
        answer = client.post(reverse("ledger:verify"), {"text": json.dumps(proof)})
        assert answer.status_code == 422
        assert "被改动过" in answer.content.decode()
