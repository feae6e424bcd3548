"""Inclusion proofs: what a stranger needs to check one record against a signed root, without the database."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _

from gongjian.kernel import merkle
from gongjian.kernel.errors import Invalid, Missing
from gongjian.ledger.canonical import content, hash_content
from gongjian.ledger.models import Confirmation, Deed, Leaf, Seal
from gongjian.ledger.sealing.keys import is_signed, key_id, public_key_hex, seal_message, signing_key
from gongjian.ledger.sealing.tiles import tile_reader

FORMAT = "gongjian-inclusion-proof/1"


def latest_seal() -> Seal | None:
    return Seal.objects.order_by("-size").first()


def proof_of(record: Deed | Confirmation, *, size: int | None = None) -> dict[str, Any]:
    """The proof as plain JSON, against the seal of `size` or the latest. Raises Missing while the record is unsealed."""
    column = "deed_id" if isinstance(record, Deed) else "confirmation_id"
    leaf = Leaf.objects.filter(**{column: record.pk}).first()
    seal = Seal.objects.filter(size=size).first() if size else latest_seal()
    if leaf is None or seal is None or leaf.index >= seal.size:
        raise Missing(_("这条记录还没有封存，封存后才有证明。"), code="unsealed")
    path = merkle.inclusion_path(leaf.index, seal.size, tile_reader())
    return {
        "format": FORMAT,
        "record": content(record),
        "index": leaf.index,
        "path": [node.hex() for node in path],
        "seal": seal_as_json(seal),
    }


def seal_as_json(seal: Seal) -> dict[str, Any]:
    return {
        "size": seal.size,
        "root": seal.root,
        "sealed_at": seal.sealed_at.astimezone(UTC).isoformat(),
        "key_id": seal.key_id,
        "public_key": public_key_hex(signing_key()),
        "signature": seal.signature,
    }


@dataclass(frozen=True)
class Checked:
    """`key_id` must be compared with the one the office publishes elsewhere: a proof brings its own key along."""

    index: int
    size: int
    root: str
    key_id: str


def check_proof(proof: Any) -> Checked:
    """Raises Invalid, saying what does not fit."""
    try:
        record, index, seal = proof["record"], int(proof["index"]), proof["seal"]
        path = [bytes.fromhex(node) for node in proof["path"]]
        size, claimed = int(seal["size"]), str(seal["root"])
        message = seal_message(size=size, root=claimed, sealed_at=str(seal["sealed_at"]))
        signature, public_key = str(seal["signature"]), str(seal["public_key"])
        root = merkle.root_from_path(hash_content(record), index, size, path).hex()
    except (KeyError, TypeError, ValueError) as error:
        raise Invalid(_("这不是一份完整的证明文件。"), code="proof-malformed") from error
    if root != claimed:
        raise Invalid(_("记录与封存的根不符：记录被改动过，或证明不属于它。"), code="proof-root")
    if not is_signed(message, signature, public_key):
        raise Invalid(_("根上的签名不对。"), code="proof-signature")
    return Checked(index, size, claimed, key_id(public_key))
