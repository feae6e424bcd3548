from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from gongjian.kernel import merkle
from gongjian.ledger.canonical import leaf_hash
from gongjian.ledger.models import Confirmation, Deed, Leaf, Level, Seal, Tile, UnsealedRecord
from gongjian.ledger.sealing import sealer
from gongjian.ledger.sealing.keys import is_signed, public_key_hex, seal_message, signing_key
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.sealing.verifier import verify
from gongjian.ledger.services import confirm_deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.tests.factories import first_community, make_account, make_office


class TestSeal:
    def test_of_nothing_is_nothing(self, office: Any) -> None:
        assert seal() is None
        assert not Seal.objects.exists()

    def test_covers_deeds_and_confirmations_once_each(self, office: Any) -> None:
        deeds = [make_deed(office) for _ in range(3)]
        worker = make_account(office, "community_worker", community=first_community(office))
        confirmation = confirm_deed(worker, deed=deeds[0], level=Level.COMMUNITY, on_behalf_of="一号社区")
        sealed = seal()
        assert sealed
        assert sealed.size == 4
        assert {leaf.deed_id or leaf.confirmation_id for leaf in Leaf.objects.all()} == {
            *(deed.pk for deed in deeds),
            confirmation.pk,
        }
        assert not UnsealedRecord.objects.exists()
        assert seal() is None

    def test_the_root_is_that_of_the_records_in_order(self, office: Any) -> None:
        for _ in range(5):
            make_deed(office)
        sealed = seal()
        records = [Deed.objects.get(pk=leaf.deed_id) for leaf in Leaf.objects.order_by("index")]
        assert sealed
        assert sealed.root == merkle.root_of(map(leaf_hash, records)).hex()

    def test_the_root_is_signed(self, office: Any) -> None:
        make_deed(office)
        sealed = seal()
        assert sealed
        message = seal_message(size=1, root=sealed.root, sealed_at=sealed.sealed_at.isoformat())
        assert is_signed(message, sealed.signature, public_key_hex(signing_key()))
        assert not is_signed(message + b" ", sealed.signature, public_key_hex(signing_key()))

    def test_batches_join_into_one_log(self, office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sealer, "BATCH", 3)
        for _ in range(8):
            make_deed(office)
        sealed = seal()
        assert sealed
        assert sealed.size == 8
        assert [s.size for s in Seal.objects.order_by("size")] == [3, 6, 8]
        assert len(Tile.objects.get(level=0, index=0).hashes) == 8 * merkle.HASH_SIZE
        assert verify().fault is None

    def test_records_of_all_offices_are_in_one_log(self, office: Any) -> None:
        other = make_office("另一街道")
        make_deed(office)
        with scope(office=other):
            make_deed(other)
        sealed = seal()
        assert sealed
        assert sealed.size == 2


@pytest.mark.django_db(transaction=True)
class TestTwoSealersAtOnce:
    def test_every_record_is_sealed_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sealer, "BATCH", 4)
        office = make_office()
        with scope(office=office):
            for _ in range(20):
                make_deed(office)
        start = Barrier(2)

        def run(_number: int) -> None:
            start.wait()
            try:
                seal()
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(run, range(2)))
        assert Leaf.objects.count() == 20
        assert Leaf.objects.values("deed_id").distinct().count() == 20
        assert sorted(Leaf.objects.values_list("index", flat=True)) == list(range(20))
        with scope(office=office):
            assert verify(sums=True).fault is None
            assert Confirmation.objects.count() == 0
