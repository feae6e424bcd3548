"""Model files: a zip of JSON and plain arrays. Nothing in it is executed when it is read, unlike a pickle."""

import io
import json
import threading
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from gongjian.kernel.errors import Invalid, Missing

VERSION = 1
LARGEST = 512 * 1024 * 1024
"""Bytes after unpacking; a file that claims more is refused."""
_EPOCH = (2020, 1, 1, 0, 0, 0)
Read = TypeVar("Read")


@dataclass(frozen=True)
class Content:
    about: dict[str, Any]
    words: Mapping[str, list[str]]
    arrays: Mapping[str, NDArray[Any]]


def write(path: Path, content: Content) -> None:
    """The same content gives the same bytes; a reader sees the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        _add(archive, "about.json", json.dumps({"version": VERSION, **content.about}, ensure_ascii=False).encode())
        for name, words in content.words.items():
            _add(archive, f"{name}.txt", "\n".join(words).encode())
        for name, array in content.arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, array, allow_pickle=False)
            _add(archive, f"{name}.npy", buffer.getvalue())
    part.replace(path)


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED, 3)


def read(path: Path) -> Content:
    """Raises Missing without a file, Invalid for one that is broken or of another version."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpack(archive)
    except FileNotFoundError as error:
        raise Missing(_("还没有训练好的分类模型。"), code="model-missing") from error
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise Invalid(_("分类模型文件损坏，请重新训练。"), code="model-broken") from error


def _unpack(archive: zipfile.ZipFile) -> Content:
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        raise ValueError("too large")
    about = json.loads(archive.read("about.json"))
    if about["version"] != VERSION:
        raise Invalid(_("分类模型是另一个版本的，请重新训练。"), code="model-version")
    names = archive.namelist()
    return Content(
        about,
        {name.removesuffix(".txt"): archive.read(name).decode().split("\n") for name in names if name.endswith(".txt")},
        {
            name.removesuffix(".npy"): np.load(io.BytesIO(archive.read(name)), allow_pickle=False)
            for name in names
            if name.endswith(".npy")
        },
    )


class Shelf:
    """Keeps what was made of each file until the file changes."""

    def __init__(self) -> None:
        self._kept: dict[Path, tuple[tuple[int, int], Any]] = {}
        self._lock = threading.Lock()

    def take(self, path: Path, make: Callable[[Path], Read]) -> Read:
        with self._lock:
            stamp = _stamp(path)
            if path not in self._kept or self._kept[path][0] != stamp:
                self._kept[path] = (stamp, make(path))
            made: Read = self._kept[path][1]
            return made


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
