import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gongjian.ledger.models import Deed, Leaf, Seal, UnsealedRecord
from gongjian.ledger.sealing.proofs import proof_of
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.sealing.verifier import verify
from gongjian.ledger.statistics import Slice, total
from gongjian.ledger.synthetic.loading import load_deeds
from gongjian.ledger.tests.factories import make_deed
from gongjian.ledger.tests.tampering import execute
from gongjian.registry.models import Office, Organization


def ledger(*arguments: str) -> str:
    out = StringIO()
    call_command("ledger", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


class TestVerify:
    def test_prints_the_number_of_deeds_and_the_root(self, office: Any) -> None:
        make_deed(office)
        sealed = seal()
        make_deed(office)
        assert sealed
        said = ledger("verify")
        assert "deeds 1\n" in said
        assert f"root {sealed.root} over 1 records" in said
        assert "not sealed yet 1" in said

    def test_as_json(self, office: Any) -> None:
        make_deed(office)
        seal()
        report = json.loads(ledger("verify", "--json", "--sums"))
        assert (report["deeds"], report["fault"], report["seals"]) == (1, None, 1)

    def test_leaves_with_1_and_names_what_does_not_fit(self, office: Any) -> None:
        deed = make_deed(office)
        seal()
        execute("UPDATE ledger_deed SET statement = '改过'")
        out, err = StringIO(), StringIO()
        with pytest.raises(SystemExit) as leaving:
            call_command("ledger", "verify", stdout=out, stderr=err)
        assert leaving.value.code == 1
        assert str(deed.pk) in err.getvalue()

    def test_seals_nothing(self, office: Any) -> None:
        make_deed(office)
        ledger("verify")
        assert not Seal.objects.exists()


class TestProofs:
    @pytest.fixture
    def proof(self, office: Any, tmp_path: Path) -> Path:
        deed = make_deed(office)
        seal()
        path = tmp_path / "proof.json"
        path.write_text(json.dumps(proof_of(deed)))
        return path

    def test_one_that_fits(self, proof: Path, django_assert_num_queries: Any) -> None:
        key = json.loads(proof.read_text())["seal"]["key_id"]
        with django_assert_num_queries(0):
            assert "fits: record 0 of 1" in ledger("verify", "--proof", str(proof))
            assert "compare the key" not in ledger("verify", "--proof", str(proof), "--key-id", key)

    def test_signed_by_somebody_else(self, proof: Path) -> None:
        with pytest.raises(CommandError, match="signed by key"):
            ledger("verify", "--proof", str(proof), "--key-id", "0000000000000000")

    def test_changed(self, proof: Path) -> None:
        proof.write_text(proof.read_text().replace('"8.00"', '"9.00"'))
        with pytest.raises(CommandError, match="改动"):
            ledger("verify", "--proof", str(proof))

    def test_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError):
            ledger("verify", "--proof", str(tmp_path / "nothing.json"))

    def test_exporting_one(self, proof: Path) -> None:
        deed = json.loads(proof.read_text())["record"]["id"]
        assert json.loads(ledger("export-proof", deed)) == json.loads(proof.read_text())
        with pytest.raises(CommandError, match="没有这条事迹"):
            ledger("export-proof", "nonsense")


class TestSealAndStats:
    def test_seal(self, office: Any) -> None:
        make_deed(office)
        assert "over 1 records" in ledger("seal")
        assert "nothing waits" in ledger("seal")

    def test_stats(self, office: Any) -> None:
        make_deed(office)
        seal()
        make_deed(office)
        size = json.loads(ledger("stats", "--json"))
        assert (size["records"], size["unsealed"], size["standing"], size["seals"]) == (1, 1, 1, 1)


class TestLoad:
    def test_synthetic_deeds_are_marked_sealed_and_verified(self, office: Any) -> None:
        make_deed(office)
        constraints = _constraints()
        out = StringIO()
        call_command("load", "deeds", "--count", "400", "--office-deeds", "90", "--json", stdout=out)
        loaded = json.loads(out.getvalue())
        assert loaded["deeds"] == 400
        assert 200 < loaded["confirmations"] < 400
        assert Deed.objects.filter(source_room="synthetic").count() == 90
        doers = Organization.objects.filter(deeds__source_room="synthetic").values_list("name", flat=True)
        assert all(name.startswith("合成") for name in doers)
        assert Leaf.objects.count() == 401 + loaded["confirmations"]
        assert not UnsealedRecord.objects.exists()
        assert verify(sums=True).fault is None
        assert total(Slice()).deeds == 91
        assert _constraints() == constraints
        assert Office.objects.filter(name__startswith="合成街道").count() == 9

    def test_twice(self, office: Any) -> None:
        for _ in range(2):
            load_deeds(30, 30, lambda done: None)
        assert Deed.objects.count() == 60
        assert verify(sums=True).fault is None

    @pytest.mark.parametrize("numbers", [("0", "0"), ("10", "11"), ("10", "-1")])
    def test_impossible_numbers(self, db: None, numbers: tuple[str, str]) -> None:
        with pytest.raises(CommandError):
            call_command("load", "deeds", "--count", numbers[0], "--office-deeds", numbers[1])


def _constraints() -> list[Any]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid::regclass::text LIKE 'ledger_%%' ORDER BY 1, 2"
        )
        constraints = cursor.fetchall()
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'ledger_%%' ORDER BY 1")
        indexes = cursor.fetchall()
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'ledger_%%' ORDER BY 1, 2"
        )
        return [*constraints, *indexes, *cursor.fetchall()]
