"""Files from outside: known by their content, never by their name; images measured before they are decoded."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

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
    name = PurePosixPath(str(file.name).replace("\\", "/")).name[-160:]
    if file.size > settings.EVIDENCE_MAX_BYTES:
        limit = filesizeformat(settings.EVIDENCE_MAX_BYTES)
        raise _refusal(_("“%(name)s”太大，单个文件不超过 %(limit)s。") % {"name": name, "limit": limit}, "file-too-large")
    file.seek(0)
    content = file.read()
    media_type = _identify(content, name)
    known = {"content": content, "name": name, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    details = _look_at_image(content, name) if media_type.startswith("image/") else {}
    return Examined(media_type=media_type, **known, **details)


def public_copy(content: bytes, *, edge: int) -> bytes:
    """The image as a JPEG of at most `edge` pixels a side, turned upright, without any metadata."""
    from PIL import Image, ImageOps

    with _opened(content) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
        upright.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        bare = Image.new("RGB", upright.size)
        bare.paste(upright)
        output = io.BytesIO()
        bare.save(output, "JPEG", quality=85, optimize=True)
        return output.getvalue()


def _identify(content: bytes, name: str) -> str:
    media_type = _type_of(content)
    if not content:
        raise _refusal(_("“%(name)s”是空文件。") % {"name": name}, "file-empty")
    if media_type is None:
        accepted = _("照片（JPEG、PNG、WebP、HEIC）、PDF、Word、Excel")
        raise _refusal(_("“%(name)s”不是能收的文件。可以收：%(types)s。") % {"name": name, "types": accepted}, "file-type")
    if PurePosixPath(name).suffix.lower() not in _EXTENSIONS[media_type]:
        raise _refusal(_("“%(name)s”的内容和扩展名不一致，请用原始文件重新上传。") % {"name": name}, "file-disguised")
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


def _office_type(content: bytes) -> str | None:
    """Word and Excel without macros only."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = set(archive.namelist())
    except zipfile.BadZipFile:
        return None
    if any(member.endswith("vbaProject.bin") for member in members):
        return None
    return next((kind for member, kind in _OFFICE_MEMBERS.items() if member in members), None)


def _look_at_image(content: bytes, name: str) -> dict[str, Any]:
    try:
        with _opened(content) as image:
            if image.width * image.height > settings.EVIDENCE_MAX_PIXELS:
                raise _refusal(_("“%(name)s”的像素太多，打不开。") % {"name": name}, "image-bomb")
            exif = image.getexif()
            image.load()
            return {
                "width": image.width,
                "height": image.height,
                "captured_at": _captured_at(exif),
                "software": str(exif.get(0x0131, "")).strip("\x00 "),
                "perceptual_hash": _perceptual_hash(image),
                **_coordinates(exif),
            }
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _refusal(_("“%(name)s”打不开，可能已经损坏。") % {"name": name}, "file-broken") from error


def _opened(content: bytes) -> "Image":
    """Only the header is read here; Pillow's own bomb check is replaced by ours, which comes before decoding."""
    import pillow_heif
    from PIL import Image

    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None
    return Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "HEIF"))


def _perceptual_hash(image: "Image") -> int:
    import imagehash

    return int.from_bytes(int(str(imagehash.dhash(image)), 16).to_bytes(8), signed=True)


def _captured_at(exif: Any) -> datetime | None:
    """EXIF DateTimeOriginal, which has no time zone of its own: taken as the office's."""
    text = str(exif.get_ifd(0x8769).get(0x9003) or exif.get(0x0132) or "").strip("\x00 ")
    try:
        return datetime.strptime(text, "%Y:%m:%d %H:%M:%S").replace(tzinfo=timezone.get_default_timezone())
    except ValueError:
        return None


def _coordinates(exif: Any) -> dict[str, Decimal]:
    gps = exif.get_ifd(0x8825)
    try:
        latitude, longitude = _degrees(gps[2]), _degrees(gps[4])
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return {}
    return {
        "latitude": -latitude if gps.get(1) == "S" else latitude,
        "longitude": -longitude if gps.get(3) == "W" else longitude,
    }


def _degrees(parts: Any) -> Decimal:
    degrees, minutes, seconds = (Decimal(str(float(part))) for part in parts)
    return (degrees + minutes / 60 + seconds / 3600).quantize(Decimal("0.000001"))


def _refusal(sentence: str, code: str) -> Invalid:
    return Invalid(sentence, code=code, field="evidence")
