"""Secrets of this installation: from the environment, or made once and kept in files only the operator reads."""

import os
import secrets
from pathlib import Path


def secret(name: str, folder: Path) -> str:
    """The secret `name`: `GONGJIAN_<NAME>` if set, else the file `folder/name`, created with mode 0600 when missing."""
    from_environment = os.environ.get(f"GONGJIAN_{name.upper()}")
    if from_environment:
        return from_environment
    path = folder / name
    if not path.exists():
        _create(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _create(path: Path, text: str) -> None:
    """Link the finished file into place, so that two processes starting together agree on one secret."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
