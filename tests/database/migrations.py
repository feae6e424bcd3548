"""Which migrations there are, told by digests of their files."""

import hashlib
import json

from gongjian.kernel.embedded_postgres.places import project_root


def migrations() -> dict[str, str]:
    """The digest of each of ours, and of the locked versions of everybody else's."""
    root = project_root()
    files = [root / "requirements" / "base.txt", *sorted((root / "src").rglob("migrations/*.py"))]
    return {path.relative_to(root).as_posix(): _digest(path.read_bytes()) for path in files}


def digest() -> str:
    return _digest(json.dumps(migrations()).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
