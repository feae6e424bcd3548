"""The key that signs roots: Ed25519, made once, readable by the operator only."""

import hashlib
import os

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings


def signing_key() -> Ed25519PrivateKey:
    path = settings.SIGNING_KEY_FILE
    if not path.exists():
        _create()
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} is not an Ed25519 key")
    return key


def public_key_hex(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def known_keys() -> set[str]:
    """Public keys whose signature is believed: our own, and those of earlier days in `*.pub` beside it, one a file."""
    earlier = settings.SIGNING_KEY_FILE.parent.glob("*.pub")
    return {public_key_hex(signing_key()), *(path.read_text(encoding="ascii").strip().lower() for path in earlier)}


def key_id(public_key: str) -> str:
    return hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]


def seal_message(*, size: int, root: str, sealed_at: str) -> bytes:
    """What is signed: canonical JSON of the log's size, root (hex) and time."""
    return rfc8785.dumps({"log": "gongjian-ledger", "root": root, "sealed_at": sealed_at, "size": size})


def is_signed(message: bytes, signature: str, public_key: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _create() -> None:
    path = settings.SIGNING_KEY_FILE
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_suffix(f".{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
