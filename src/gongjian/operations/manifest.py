"""What a backup holds: every file with its SHA-256, written last, so that a backup cut short is not one."""

import datetime as dt
import hashlib
import json
from pathlib import Path

import gongjian
from gongjian.operations.errors import OperationError

NAME = "manifest.json"
FORMAT = 1


def write_manifest(folder: Path) -> int:
    """Returns the number of files listed."""
    files = _sums(folder)
    content = {
        "format": FORMAT,
        "gongjian": gongjian.__version__,
        "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "files": files,
    }
    draft = folder / f"{NAME}.new"
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.chmod(0o600)
    draft.replace(folder / NAME)
    return len(files)


def verify_manifest(folder: Path) -> int:
    """Compare every file with the manifest; returns their number.

    Raises OperationError naming the first file that is missing, changed or not listed.
    """
    expected, found = _read(folder), _sums(folder)
    for name in sorted(expected.keys() | found.keys()):
        if name not in found:
            raise OperationError(f"The backup is incomplete: {name} is missing from {folder}.")
        if name not in expected:
            raise OperationError(f"The backup was changed: {name} is not in its manifest.")
        if expected[name] != found[name]:
            raise OperationError(f"The backup is damaged: {name} is not what its manifest says.")
    return len(found)


def _read(folder: Path) -> dict[str, str]:
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
        version, files = content["format"], dict(content["files"])
    except FileNotFoundError:
        raise OperationError(f"{folder} holds no complete backup: it has no {NAME}.") from None
    except (ValueError, KeyError, TypeError):
        raise OperationError(f"{folder / NAME} cannot be read.") from None
    if version != FORMAT:
        raise OperationError(f"This backup has format {version}; this release of gongjian reads format {FORMAT}.")
    return files


def _sums(folder: Path) -> dict[str, str]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in {NAME, f"{NAME}.new"}]
    return {path.relative_to(folder).as_posix(): _sum(path) for path in files}


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
