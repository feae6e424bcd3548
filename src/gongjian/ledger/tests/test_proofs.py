import copy
import json
from typing import Any

import pytest

from gongjian.kernel.errors import Invalid, Missing
from gongjian.ledger.models import Deed, Level
from gongjian.ledger.sealing.keys import key_id, public_key_hex, signing_key
from gongjian.ledger.sealing.proofs import check_proof, get_seal, proof_of, proof_of_deed, read_proof, seal_over
from gongjian.ledger.sealing.sealer import seal
from gongjian.ledger.services import confirm_deed
from gongjian.ledger.tests.factories import make_deed
from gongjian.registry.tests.factories import first_community, make_account


@pytest.fixture
def deeds(office: Any) -> list[Deed]:
    made = [make_deed(office) for _ in range(11)]
    seal()
    return made


@pytest.fixture
def proof(deeds: list[Deed]) -> dict[str, Any]:
    return proof_of(deeds[6])


class TestProofOf:
    def test_every_record_has_one_that_fits(self, deeds: list[Deed]) -> None:
        for deed in deeds:
            checked = check_proof(json.loads(json.dumps(proof_of(deed))))
            assert (checked.size, checked.key_id) == (11, key_id(public_key_hex(signing_key())))

    def test_a_confirmation_has_one_too(self, deeds: list[Deed], office: Any) -> None:
        worker = make_account(office, "community_worker", community=first_community(office))
        confirmation = confirm_deed(worker, deed=deeds[0], level=Level.COMMUNITY, on_behalf_of="一号社区")
        seal()
        assert check_proof(proof_of(confirmation)).index == 11

    def test_against_an_earlier_seal(self, deeds: list[Deed], office: Any) -> None:
        make_deed(office)
        seal()
        assert check_proof(proof_of(deeds[0], size=11)).size == 11
        assert check_proof(proof_of(deeds[0])).size == 12

    def test_none_before_the_seal(self, deeds: list[Deed], office: Any) -> None:
        fresh = make_deed(office)
        assert seal_over(fresh) is None
        with pytest.raises(Missing):
            proof_of(fresh)

    def test_the_first_seal_over_a_record_is_kept_in_mind(self, deeds: list[Deed], office: Any) -> None:
        make_deed(office)
        seal()
        sealed = seal_over(deeds[0])
        assert sealed
        assert sealed.seal == get_seal(11)

    @pytest.mark.parametrize("number", ["", "x", "00000000-0000-7000-8000-000000000000"])
    def test_of_a_deed_that_is_not_there(self, office: Any, number: str) -> None:
        with pytest.raises(Missing):
            proof_of_deed(number)


class TestCheckProof:
    @pytest.mark.parametrize(
        ("path", "value"),
        [
            (("record", "quantity"), "800.00"),
            (("record", "statement"), "别的事"),
            (("record", "extra"), 1),
            (("index",), 5),
            (("seal", "root"), "00" * 32),
            (("seal", "size"), 12),
            (("seal", "sealed_at"), "2020-01-01T00:00:00+00:00"),
            (("seal", "signature"), "00" * 64),
            (("seal", "public_key"), "00" * 32),
            (("path",), []),
            (("path",), ["zz"]),
            (("format",), "gongjian-inclusion-proof/2"),
            (("record",), []),
            (("record", "quantity"), float("nan")),
            (("record", "office"), 2**70),
            (("seal",), None),
        ],
    )
    def test_whatever_was_changed_does_not_fit(self, proof: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
        changed = copy.deepcopy(proof)
        inside = changed
        for step in path[:-1]:
            inside = inside[step]
        inside[path[-1]] = value
        with pytest.raises(Invalid):
            check_proof(changed)

    @pytest.mark.parametrize("missing", ["record", "index", "path", "seal", "format"])
    def test_a_part_is_missing(self, proof: dict[str, Any], missing: str) -> None:
        del proof[missing]
        with pytest.raises(Invalid, match="完整"):
            check_proof(proof)

    @pytest.mark.parametrize("nothing", [None, 3, "x", [], {}])
    def test_not_a_proof_at_all(self, nothing: Any) -> None:
        with pytest.raises(Invalid):
            check_proof(nothing)

    def test_needs_no_database(self, proof: dict[str, Any], django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            check_proof(proof)


class TestReadProof:
    @pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", "[" * 100_000, b" " * 1_000_001])
    def test_what_is_no_proof_file(self, content: bytes | str) -> None:
        with pytest.raises(Invalid):
            read_proof(content)
