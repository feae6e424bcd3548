from datetime import UTC
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from gongjian.ledger.models import Confirmation, Deed, Leaf, Level, Seal
from gongjian.ledger.sealing import reading, sealer
from gongjian.ledger.sealing.keys import key_id, public_key_hex, seal_message, signing_key
from gongjian.ledger.sealing.proofs import check_proof, get_seal, proof_of
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.sealing.verifier import verify
from gongjian.ledger.services import confirm_deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.ledger.tests.tampering import execute
from gongjian.registry.tests.factories import first_community, make_account


@pytest.fixture
def deeds(office: Any, monkeypatch: pytest.MonkeyPatch) -> list[Deed]:
    """Seven deeds and a confirmation, sealed in three batches."""
    monkeypatch.setattr(sealer, "BATCH", 3)
    made = [make_deed(office) for _ in range(7)]
    worker = make_account(office, "community_worker", community=first_community(office))
    confirm_deed(worker, deed=made[0], level=Level.COMMUNITY, on_behalf_of="一号社区", note="去看过")
    seal()
    return made


class TestAnUntouchedLedger:
    def test_fits(self, deeds: list[Deed]) -> None:
        report = verify(sums=True)
        last = Seal.objects.first()
        assert last
        assert (report.fault, report.deeds, report.confirmations, report.seals) == (None, 7, 1, 3)
        assert (report.size, report.root) == (8, last.root)

    def test_an_empty_one_fits(self, db: None) -> None:
        assert verify(sums=True).fault is None

    def test_what_waits_is_counted(self, deeds: list[Deed], office: Any) -> None:
        make_deed(office)
        report = verify()
        assert (report.fault, report.unsealed) == (None, 1)

    def test_is_read_only(self, deeds: list[Deed], office: Any) -> None:
        make_deed(office)
        verify(sums=True)
        assert Leaf.objects.count() == 8

    def test_progress_reaches_the_end(self, deeds: list[Deed]) -> None:
        seen: list[tuple[int, int]] = []
        verify(lambda done, total: seen.append((done, total)))
        assert seen[-1] == (8, 8)

    def test_over_several_chunks(self, deeds: list[Deed], office: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sealer, "BATCH", 1000)
        monkeypatch.setattr(reading, "CHUNK", reading.TILE_WIDTH)
        _multiply(deeds[0], 600)
        seal()
        report = verify(sums=True)
        assert (report.fault, report.deeds) == (None, 607)


class TestWhatWasDoneBehindTheTriggersBackIsNamed:
    @pytest.mark.parametrize(
        "change",
        [
            "statement = statement || '。'",
            "quantity = quantity + 1",
            "occurred_to = occurred_to + 1",
            "recorded_at = recorded_at + interval '1 microsecond'",
            "public = NOT public",
            "recorded_by_id = recorded_by_id + 1",
            "source_room = 'whistles'",
            "evidence_digests = ARRAY['00']",
            "unit = 'yuan'",
            "source_room = NULL",
        ],
    )
    def test_a_changed_deed(self, deeds: list[Deed], change: str) -> None:
        _drop_references()
        execute("ALTER TABLE ledger_deed ALTER source_room DROP NOT NULL")
        execute(f"UPDATE ledger_deed SET {change} WHERE id = %s", deeds[4].pk)
        fault = verify().fault
        assert fault
        assert f"deed {deeds[4].pk}" in fault
        assert "was changed" in fault

    def test_the_first_of_two_changed_deeds(self, deeds: list[Deed]) -> None:
        execute("UPDATE ledger_deed SET statement = '改过' WHERE id IN (%s, %s)", deeds[5].pk, deeds[2].pk)
        assert str(deeds[2].pk) in str(verify().fault)

    def test_a_changed_confirmation(self, deeds: list[Deed]) -> None:
        execute("UPDATE ledger_confirmation SET note = '没去看'")
        fault = str(verify().fault)
        assert f"confirmation {Confirmation.objects.get().pk}" in fault

    def test_a_deleted_deed(self, deeds: list[Deed]) -> None:
        execute("DELETE FROM ledger_deed WHERE id = %s", deeds[6].pk)
        fault = str(verify().fault)
        assert f"deed {deeds[6].pk}" in fault
        assert "is missing" in fault

    def test_a_deed_deleted_with_its_leaf(self, deeds: list[Deed]) -> None:
        index = Leaf.objects.get(deed_id=deeds[3].pk).index
        execute("DELETE FROM ledger_deed WHERE id = %s", deeds[3].pk)
        execute("DELETE FROM ledger_leaf WHERE deed_id = %s", deeds[3].pk)
        assert verify().fault == f"leaf {index} is missing"

    def test_a_tail_cut_off_whole(self, deeds: list[Deed]) -> None:
        last = Leaf.objects.order_by("index").last()
        assert last
        execute("DELETE FROM ledger_leaf WHERE index = %s", last.index)
        assert verify().fault

    def test_a_deed_slipped_in(self, deeds: list[Deed], office: Any) -> None:
        deed = make_deed(office)
        execute("DELETE FROM ledger_unsealedrecord")
        fault = str(verify().fault)
        assert f"deed {deed.pk}" in fault
        assert "neither sealed nor waiting" in fault

    def test_a_deed_slipped_in_under_a_false_name_that_waits(self, deeds: list[Deed], office: Any) -> None:
        make_deed(office)
        execute("UPDATE ledger_unsealedrecord SET record_id = gen_random_uuid()")
        assert "waits to be sealed but is missing" in str(verify().fault)

    def test_a_sealed_deed_put_in_line_again(self, deeds: list[Deed]) -> None:
        execute("INSERT INTO ledger_unsealedrecord (record_id, is_deed) VALUES (%s, true)", deeds[0].pk)
        assert "although it is" in str(verify().fault)

    def test_two_deeds_that_changed_places(self, deeds: list[Deed]) -> None:
        first, second = (Leaf.objects.get(deed_id=deed.pk).index for deed in deeds[:2])
        execute("UPDATE ledger_leaf SET deed_id = NULL, confirmation_id = gen_random_uuid() WHERE index = %s", first)
        execute("UPDATE ledger_leaf SET deed_id = %s WHERE index = %s", deeds[0].pk, second)
        execute("UPDATE ledger_leaf SET deed_id = %s, confirmation_id = NULL WHERE index = %s", deeds[1].pk, first)
        assert "was changed" in str(verify().fault)

    def test_a_changed_deed_with_its_tile_recomputed(self, deeds: list[Deed]) -> None:
        """Then the tile fits the row, but no seal fits the tile."""
        execute("UPDATE ledger_deed SET statement = '改过' WHERE id = %s", deeds[1].pk)
        recomputed = b"".join(record.actual or b"" for record in reading.records(0))
        execute("UPDATE ledger_tile SET hashes = %s WHERE level = 0", recomputed)
        assert "does not fit its root" in str(verify().fault)

    def test_a_seal_forged_with_another_key(self, deeds: list[Deed]) -> None:
        execute("UPDATE ledger_seal SET key_id = '0123456789abcdef' WHERE size = 3")
        assert "is not signed" in str(verify().fault)

    @pytest.mark.parametrize("size", [3, 6, 8])
    def test_a_seal_by_a_foreign_key(self, deeds: list[Deed], size: int) -> None:
        _sign_by(Ed25519PrivateKey.generate(), size)
        assert f"seal over {size} records is signed by key" in str(verify().fault)

    def test_all_early_seals_by_one_foreign_key(self, deeds: list[Deed]) -> None:
        """As somebody would who rewrote the beginning: its keys succeed one another, and the last seal is ours."""
        foreign = Ed25519PrivateKey.generate()
        for size in (3, 6):
            _sign_by(foreign, size)
        assert "does not know" in str(verify().fault)

    def test_a_seal_dated_back(self, deeds: list[Deed]) -> None:
        execute("UPDATE ledger_seal SET sealed_at = sealed_at - interval '1 year' WHERE size = 8")
        assert "is not signed" in str(verify().fault)

    def test_a_seal_taken_away(self, deeds: list[Deed]) -> None:
        execute("DELETE FROM ledger_seal WHERE size = 8")
        assert "covered by no seal" in str(verify().fault)

    def test_a_changed_sum(self, deeds: list[Deed]) -> None:
        execute("UPDATE ledger_tally SET deeds = deeds + 1 WHERE id = (SELECT min(id) FROM ledger_tally)")
        assert verify().fault is None
        assert "volunteer-hours in 2026-03" in str(verify(sums=True).fault)


class TestAfterTheKeyWasReplaced:
    @pytest.fixture
    def replaced(self, deeds: list[Deed], settings: Any, tmp_path: Path) -> Path:
        """The folder of the new key."""
        settings.SIGNING_KEY_FILE = tmp_path / "new.pem"
        return tmp_path

    def test_earlier_seals_fit_by_their_own_key_if_that_is_kept(self, deeds: list[Deed], replaced: Path, office: Any) -> None:
        make_deed(office)
        seal()
        assert "seal over 3 records" in str(verify().fault)
        (replaced / "old.pub").write_text(get_seal(8).public_key + "\n")
        assert (verify().fault, Seal.objects.values("public_key").distinct().order_by().count()) == (None, 2)
        assert check_proof(proof_of(deeds[0], size=8)).key_id == get_seal(8).key_id != get_seal(9).key_id

    def test_a_key_that_was_replaced_signs_no_more(self, deeds: list[Deed], replaced: Path, office: Any) -> None:
        (replaced / "old.pub").write_text(get_seal(8).public_key + "\n")
        old = signing_key()
        for _ in range(2):
            make_deed(office)
            seal()
        _sign_by(old, 6)
        assert "follows one by another key" in str(verify().fault)


def _sign_by(key: Ed25519PrivateKey, size: int) -> None:
    forged = sign_anew(Seal.objects.get(size=size), key)
    execute("UPDATE ledger_seal SET public_key = %s, key_id = %s, signature = %s WHERE size = %s", *forged, size)


def sign_anew(sealed: Seal, key: Ed25519PrivateKey) -> tuple[str, str, str]:
    """Public key, its number and the signature by `key`."""
    message = seal_message(size=sealed.size, root=sealed.root, sealed_at=sealed.sealed_at.astimezone(UTC).isoformat())
    return public_key_hex(key), key_id(public_key_hex(key)), key.sign(message).hex()


def _drop_references() -> None:
    """Whoever changes rows by hand would not stop at a reference either."""
    execute(
        """DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT conname FROM pg_constraint WHERE conrelid = 'ledger_deed'::regclass AND contype = 'f' LOOP
            EXECUTE format('ALTER TABLE ledger_deed DROP CONSTRAINT %%I', name);
        END LOOP; END $$"""
    )


def _multiply(deed: Deed, times: int) -> None:
    columns = [f.column for f in Deed._meta.concrete_fields if f.column != "id"]
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_deed (id, {names}) SELECT gen_random_uuid(), {names}"
            " FROM ledger_deed, generate_series(1, %s) WHERE id = %s",
            [times, deed.pk],
        )
