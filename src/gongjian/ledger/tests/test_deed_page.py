from decimal import Decimal
from typing import Any

from django.test import Client
from django.urls import reverse

from gongjian.ledger.models import Confirmation, Deed, Level
from gongjian.ledger.sealing.proofs import proof_of
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.selectors import level_of
from gongjian.ledger.services import reverse_deed
from gongjian.ledger.tests.factories import image_file, make_deed, make_evidence
from gongjian.ledger.tests.paperwork import filled_in, sign_in
from gongjian.registry.models import Account
from gongjian.registry.tests.factories import first_community, make_account, make_clerk


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
