"""Inclusion proofs: what a stranger needs to check one record against a signed root, without the database."""

import json
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.kernel import merkle
from gongjian.kernel.errors import Invalid, Missing
from gongjian.ledger.canonical import content, hash_content
from gongjian.ledger.models import Confirmation, Deed, Leaf, Seal
from gongjian.ledger.sealing.keys import is_signed, key_id, seal_message
from gongjian.ledger.sealing.tiles import tile_reader

FORMAT = "gongjian-inclusion-proof/1"
LARGEST = 1_000_000
"""Bytes; a proof of a log of any size has some twenty kilobytes at most."""


def latest_seal() -> Seal | None:
    return Seal.objects.order_by("-size").first()


def get_seal(size: int) -> Seal:
    """Raises Missing unless there was a seal over just so many records."""
    found = Seal.objects.filter(size=size).first()
    if found is None:
        raise Missing(_("没有这一次封存。"))
    return found


@dataclass(frozen=True)
class Sealed:
    """Where a record stands in the log, and the first seal over it."""

    index: int
    seal: Seal


def seal_over(record: Deed | Confirmation) -> Sealed | None:
    """None while the record waits."""
    leaf = _leaf_of(record)
    seal = Seal.objects.filter(size__gt=leaf.index).order_by("size").first() if leaf else None
    return Sealed(leaf.index, seal) if leaf and seal else None


def _leaf_of(record: Deed | Confirmation) -> Leaf | None:
    column = "deed_id" if isinstance(record, Deed) else "confirmation_id"
    return Leaf.objects.filter(**{column: record.pk}).first()


def proof_of(record: Deed | Confirmation, *, size: int | None = None) -> dict[str, Any]:
    """The proof as plain JSON, against the seal of `size` or the latest. Raises Missing while the record is unsealed."""
    leaf = _leaf_of(record)
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


def proof_of_deed(pk: str | UUID) -> dict[str, Any]:
    """Raises Missing for a number that no deed has."""
    try:
        return proof_of(Deed.objects.get(pk=UUID(str(pk))))
    except (Deed.DoesNotExist, ValueError) as error:
        raise Missing(_("没有这条事迹。")) from error


def seal_as_json(seal: Seal) -> dict[str, Any]:
    return {
        "size": seal.size,
        "root": seal.root,
        "sealed_at": seal.sealed_at.astimezone(UTC).isoformat(),
        "key_id": seal.key_id,
        "public_key": seal.public_key,
        "signature": seal.signature,
    }


@dataclass(frozen=True)
class Checked:
    """`key_id` must be compared with the one the office publishes elsewhere: a proof brings its own key along."""

    index: int
    size: int
    root: str
    key_id: str


def read_proof(content: bytes | str) -> Any:
    """Raises Invalid for what is not JSON, or is larger than a proof can be."""
    if len(content) > LARGEST:
        raise Invalid(_("文件太大，不像是证明文件。"), code="proof-malformed", field="proof")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Invalid(_("这不是一份完整的证明文件。"), code="proof-malformed", field="proof") from error


def check_proof(proof: Any) -> Checked:
    """Raises Invalid, saying what does not fit."""
    try:
        record, index, seal = proof["record"], int(proof["index"]), proof["seal"]
        if proof["format"] != FORMAT or not isinstance(record, dict):
            raise ValueError(proof["format"])
        path = [bytes.fromhex(node) for node in proof["path"]]
        size, claimed = int(seal["size"]), str(seal["root"])
        message = seal_message(size=size, root=claimed, sealed_at=str(seal["sealed_at"]))
        signature, public_key = str(seal["signature"]), str(seal["public_key"])
        root = merkle.root_from_path(hash_content(record), index, size, path).hex()
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise Invalid(_("这不是一份完整的证明文件。"), code="proof-malformed") from error
    if root != claimed:
        raise Invalid(_("记录与封存的根不符：记录被改动过，或证明不属于它。"), code="proof-root")
    if not is_signed(message, signature, public_key):
        raise Invalid(_("根上的签名不对。"), code="proof-signature")
    return Checked(index, size, claimed, key_id(public_key))


def is_ours(checked: Checked) -> bool:
    """Whether this ledger has that very seal, by whatever key it was signed then."""
    return Seal.objects.filter(size=checked.size, root=checked.root, key_id=checked.key_id).exists()
