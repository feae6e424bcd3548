"""Files from outside: known by their content, never by their name."""

import hashlib
import io
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.images import look_at, public_copy

__all__ = ["Examined", "examine", "public_copy"]

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE_MEMBERS = {"word/document.xml": _WORD, "xl/workbook.xml": _EXCEL}
_HEIF_BRANDS = (b"heic", b"heix", b"mif1", b"msf1")
_EXTENSIONS = {
    "image/jpeg": {".jpg", ".jpeg"},
    "image/png": {".png"},
    "image/webp": {".webp"},
    "image/heic": {".heic", ".heif"},
    "application/pdf": {".pdf"},
    _WORD: {".docx"},
    _EXCEL: {".xlsx"},
}
UNPACKED_MOST = 200 * 1024 * 1024
MEMBERS_MOST = 5000
"""A Word or Excel file that unpacks to more than this would be a burden to whoever opens it."""


@dataclass(frozen=True)
class Examined:
    """What a file is. Times are aware; coordinates are WGS 84 degrees; `perceptual_hash` is a signed 64-bit dHash."""

    content: bytes
    name: str
    sha256: str
    media_type: str
    size: int
    width: int | None = None
    height: int | None = None
    captured_at: datetime | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    perceptual_hash: int | None = None
    software: str = ""


def examine(file: Any) -> Examined:
    """Read and identify an uploaded file. Raises Invalid if it is too large, refused, broken or disguised."""
    name = safe_name(str(file.name))
    if file.size > settings.EVIDENCE_MAX_BYTES:
        limit = filesizeformat(settings.EVIDENCE_MAX_BYTES)
        raise _refusal(_("“%(name)s”太大，单个文件不超过 %(limit)s。") % {"name": name, "limit": limit}, "file-too-large")
    file.seek(0)
    content = file.read()
    media_type = _identify(content, name)
    known = {"content": content, "name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    details = look_at(content, name) if media_type.startswith("image/") else {}
    return Examined(media_type=media_type, **known, **details)


def safe_name(name: str) -> str:
    """The last part of a path of any system, without control characters and marks that turn the reading direction."""
    visible = "".join(c for c in name.replace("\\", "/") if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return PurePosixPath(visible).name[-160:]


def _identify(content: bytes, name: str) -> str:
    if not content:
        raise _refusal(_("“%(name)s”是空文件。") % {"name": name}, "file-empty")
    media_type = _type_of(content)
    if media_type is None:
        accepted = _("照片（JPEG、PNG、WebP、HEIC）、PDF、Word、Excel")
        raise _refusal(_("“%(name)s”不是能收的文件。可以收：%(types)s。") % {"name": name, "types": accepted}, "file-type")
    if PurePosixPath(name).suffix.lower() not in _EXTENSIONS[media_type] or _is_two_things(content, media_type):
        raise _refusal(_("“%(name)s”的内容和扩展名不一致，请用原始文件重新上传。") % {"name": name}, "file-disguised")
    if media_type == "application/pdf" and b"%%EOF" not in content[-4096:]:
        raise _refusal(_("“%(name)s”打不开，可能已经损坏。") % {"name": name}, "file-broken")
    return media_type


def _type_of(content: bytes) -> str | None:
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return "image/heic"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return _office_type(content) if content.startswith(b"PK\x03\x04") else None


def _is_two_things(content: bytes, media_type: str) -> bool:
    """A picture that is an archive, a PDF or a web page as well."""
    if not media_type.startswith("image/"):
        return False
    opening = content[:1024].lower()
    return zipfile.is_zipfile(io.BytesIO(content)) or any(
        mark in opening for mark in (b"%pdf-", b"<html", b"<script", b"<?php")
    )


def _office_type(content: bytes) -> str | None:
    """Word and Excel without macros only, nothing that unpacks without end or outside its folder."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            sound = _is_sound(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        return None
    if not sound or any(_is_refused_member(name) for name in names):
        return None
    return next((kind for member, kind in _OFFICE_MEMBERS.items() if member in names), None)


def _is_sound(archive: zipfile.ZipFile) -> bool:
    """The declared sizes are measured before anything is unpacked; unpacking stops at them."""
    members = archive.infolist()
    small = len(members) <= MEMBERS_MOST and sum(member.file_size for member in members) <= UNPACKED_MOST
    return small and archive.testzip() is None


def _is_refused_member(name: str) -> bool:
    return name.lower().endswith("vbaproject.bin") or name.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts


def _refusal(sentence: str, code: str) -> Invalid:
    return Invalid(sentence, code=code, field="evidence")
