"""What an export holds: which files, their hashes and rows, and the ledger's root over just the records in them."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from gongjian.kernel.errors import Conflict, Invalid

FORMAT = "gongjian-ledger-export/1"
NAME = "manifest.json"


@dataclass(frozen=True)
class File:
    """`first` and `end`: the numbers of the records that it was written with, `end` not included."""

    path: str
    sha256: str
    bytes: int
    rows: int
    first: int = 0
    end: int = 0


@dataclass
class Manifest:
    """`files` hold the first `size` records of the log, whose root is `root`; `seal` signs it once all is exported."""

    size: int = 0
    root: str = ""
    seal: dict[str, Any] | None = None
    exported_at: str = ""
    files: list[File] = field(default_factory=list)
    lists: list[File] = field(default_factory=list)

    def changed(self, folder: Path, *, thoroughly: bool) -> Iterator[str]:
        """Names the files that are gone or not as written; without `thoroughly` only their sizes are looked at."""
        for file in (*self.files, *self.lists):
            path = folder / file.path
            if not path.is_file():
                yield _("%(file)s 不见了") % {"file": file.path}
            elif path.stat().st_size != file.bytes or (thoroughly and sha256_of(path) != file.sha256):
                yield _("%(file)s 被改动了") % {"file": file.path}

    def check(self, folder: Path, *, thoroughly: bool = False) -> None:
        """Raises Conflict, naming the changed files."""
        changed = list(self.changed(folder, thoroughly=thoroughly))
        if changed:
            rest = "" if len(changed) <= 5 else _("，等共 %(n)s 个文件") % {"n": len(changed)}
            raise Conflict("；".join(changed[:5]) + rest, code="changed")


def read(folder: Path) -> Manifest | None:
    """None where nothing was exported yet. Raises Invalid for a manifest that is none of ours."""
    path = folder / NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.pop("format") != FORMAT:
            raise ValueError(FORMAT)
        files, lists = ([File(**file) for file in content.pop(name)] for name in ("files", "lists"))
        return Manifest(**content, files=files, lists=lists)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(_("%(file)s 不是台账导出的清单。") % {"file": path}, code="manifest") from error


def keep(folder: Path, manifest: Manifest) -> None:
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1) + "\n"
    fresh = folder / f".{NAME}.tmp"
    fresh.write_text(text, encoding="utf-8")
    put(fresh, folder / NAME)


def put(fresh: Path, path: Path) -> None:
    """Give a finished file its name; a reader finds the whole of it or what was there before, also after a power cut."""
    _to_disk(fresh)
    fresh.replace(path)
    _to_disk(path.parent)


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
