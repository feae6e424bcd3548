"""Sample evidence: pictures drawn by the program, which say that they are samples."""

import io
import random
from datetime import datetime
from pathlib import Path

import pylopdf_fonts_zh_cn
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

SIZE = (1200, 800)
_FONT = Path(pylopdf_fonts_zh_cn.__file__).with_name("NotoSansSC-Regular.otf")


def draw_sample(key: str, *, title: str, subtitle: str, taken: datetime) -> SimpleUploadedFile:
    """A JPEG whose pattern follows from `key`, so that no two look alike, with `taken` as its EXIF time."""
    image = _pattern(random.Random(key))  # noqa: S311 - a picture, not a secret
    _write(image, title, subtitle)
    exif = image.getexif()
    exif.get_ifd(0x8769)[0x9003] = taken.strftime("%Y:%m:%d %H:%M:%S")
    exif[0x010E] = "SAMPLE drawn by Gongjian, not a photograph"
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=82, exif=exif)
    return SimpleUploadedFile(f"{key}.jpg", buffer.getvalue(), content_type="image/jpeg")


def _pattern(chance: random.Random) -> Image.Image:
    """Coarse blocks of warm greys: what the perceptual hash sees differs from key to key."""
    small = Image.new("RGB", (9, 8))
    for x in range(9):
        for y in range(8):
            grey = chance.randint(120, 245)
            small.putpixel((x, y), (grey, grey - chance.randint(0, 12), grey - chance.randint(8, 30)))
    return small.resize(SIZE, Image.Resampling.NEAREST)


def _write(image: Image.Image, title: str, subtitle: str) -> None:
    draw = ImageDraw.Draw(image, "RGBA")
    draw.rectangle((80, 250, SIZE[0] - 80, 550), fill=(251, 248, 242, 235), outline=(179, 38, 30), width=4)
    draw.text((SIZE[0] / 2, 320), "样例证据 · 非真实照片 · SAMPLE", font=_font(44), fill=(179, 38, 30), anchor="mm")
    draw.text((SIZE[0] / 2, 410), title, font=_font(40), fill=(28, 27, 26), anchor="mm")
    draw.text((SIZE[0] / 2, 485), subtitle, font=_font(30), fill=(107, 102, 96), anchor="mm")


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size)
