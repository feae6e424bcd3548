"""Photographs: measured before they are decoded, looked at for when and where, copied without what they tell about people."""

import io
import re
import struct
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, TypeError, KeyError, IndexError, ArithmeticError)
"""What Pillow raises on files that are cut short or made to confuse it."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def look_at(content: bytes, name: str) -> dict[str, Any]:
    """Size, time, place and perceptual hash of an image. Raises Invalid if it is broken or has more pixels than fit."""
    try:
        with _opened(content) as image:
            _check_pixels(image, name)
            image.load()
            return {
                "width": image.width,
                "height": image.height,
                "perceptual_hash": _perceptual_hash(image),
                **_exif_facts(image),
            }
    except _BROKEN as error:
        raise Invalid(_("“%(name)s”打不开，可能已经损坏。") % {"name": name}, code="file-broken", field="evidence") from error


def public_copy(content: bytes, *, edge: int) -> bytes:
    """The image as a JPEG of at most `edge` pixels a side, turned upright, on white, without any metadata."""
    from PIL import Image, ImageOps

    with _opened(content) as image:
        image.draft("RGB", (edge, edge))
        upright = _on_white(_upright(image, ImageOps))
        upright.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        bare = Image.new("RGB", upright.size)
        bare.paste(upright)
        output = io.BytesIO()
        bare.save(output, "JPEG", quality=85, optimize=True)
        return output.getvalue()


def _upright(image: "Image", image_ops: Any) -> "Image":
    """As its EXIF says; as it lies where the EXIF is broken."""
    try:
        turned: Image = image_ops.exif_transpose(image)
    except _BROKEN:
        return image
    return turned


def _on_white(image: "Image") -> "Image":
    from PIL import Image

    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")


def _check_pixels(image: "Image", name: str) -> None:
    if image.width * image.height > settings.EVIDENCE_MAX_PIXELS:
        most = settings.EVIDENCE_MAX_PIXELS // 10_000
        sentence = _("“%(name)s”有 %(width)s×%(height)s 个像素，太大了，不超过 %(most)s 万个。")
        facts = {"name": name, "width": image.width, "height": image.height, "most": most}
        raise Invalid(sentence % facts, code="image-bomb", field="evidence")


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


def _exif_facts(image: "Image") -> dict[str, Any]:
    """What the camera wrote, as far as it can be read: a photo with broken EXIF is still a photo."""
    try:
        exif = image.getexif()
        software = _UNPRINTABLE.sub(" ", str(exif.get(0x0131, ""))).strip()[:120]
        return {"captured_at": _captured_at(exif), "software": software, **_coordinates(exif)}
    except _BROKEN:
        return {}


def _captured_at(exif: Any) -> datetime | None:
    """EXIF DateTimeOriginal, which has no time zone of its own: taken as the office's. None where the clock was not set."""
    text = str(exif.get_ifd(0x8769).get(0x9003) or exif.get(0x0132) or "").strip("\x00 ")
    try:
        taken = timezone.make_aware(datetime.strptime(text, "%Y:%m:%d %H:%M:%S"))  # noqa: DTZ007
    except ValueError:
        return None
    return taken if _EARLIEST <= taken <= clock.now() + timedelta(days=1) else None


def _coordinates(exif: Any) -> dict[str, Decimal]:
    gps = exif.get_ifd(0x8825)
    try:
        latitude, longitude = _degrees(gps[2]), _degrees(gps[4])
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return {}
    if latitude > 90 or longitude > 180:
        return {}
    return {
        "latitude": -latitude if gps.get(1) == "S" else latitude,
        "longitude": -longitude if gps.get(3) == "W" else longitude,
    }


def _degrees(parts: Any) -> Decimal:
    degrees, minutes, seconds = (Decimal(str(float(part))) for part in parts)
    return (degrees + minutes / 60 + seconds / 3600).quantize(Decimal("0.000001"))
