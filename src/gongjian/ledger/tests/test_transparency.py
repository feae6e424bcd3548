import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongjian.ledger.models import Deed, Seal
from gongjian.ledger.sealing.proofs import proof_of
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.tests.factories import make_deed


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

    def test_a_proof_from_before_the_key_was_replaced_is_ours(
        self, client: Client, office: Any, settings: Any, tmp_path: Path
    ) -> None:
        deed = make_deed(office)
        seal()
        proof = json.dumps(proof_of(Deed.objects.get(pk=deed.pk)))
        settings.SIGNING_KEY_FILE = tmp_path / "new.pem"
        assert client.post(reverse("ledger:verify"), {"text": proof}).context["ours"] is True
        assert client.get(reverse("ledger:transparency")).context["public_key"] == json.loads(proof)["seal"]["public_key"]

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
