import io
import struct
import zipfile
import zlib
from datetime import datetime
from decimal import Decimal
from typing import Any

import pillow_heif
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from gongjian.kernel.errors import Invalid
from gongjian.kernel.files import Examined, examine, safe_name
from gongjian.kernel.images import public_copy


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (64, 48), mode: str = "RGB", **options: Any) -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(buffer, kind, **options)
    return buffer.getvalue()


def camera_exif(**changes: Any) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0131] = changes.get("software", "Adobe Photoshop 25.0")
    exif[0x0112] = changes.get("orientation", 1)
    exif.get_ifd(0x8769)[0x9003] = changes.get("taken", "2020:07:30 09:15:00")
    exif.get_ifd(0x8825).update(changes.get("gps", {1: "N", 2: (34.0, 46.0, 30.0), 3: "E", 4: (113.0, 40.0, 12.0)}))
    return exif


def look(content: bytes, name: str = "照片.jpg") -> Examined:
    return examine(SimpleUploadedFile(name, content))


def refusal(content: bytes, name: str) -> str:
    with pytest.raises(Invalid) as error:
        look(content, name)
    assert error.value.field == "evidence"
    return error.value.code


def archive(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def word(**members: bytes) -> bytes:
    return archive(**{"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<document/>", **members})


class TestKinds:
    @pytest.mark.parametrize(
        ("kind", "name", "media_type"),
        [("JPEG", "a.jpg", "image/jpeg"), ("PNG", "a.PNG", "image/png"), ("WEBP", "a.webp", "image/webp")],
    )
    def test_images(self, kind: str, name: str, media_type: str) -> None:
        examined = look(picture(kind), name)
        assert (examined.media_type, examined.width, examined.height) == (media_type, 64, 48)

    def test_heic(self) -> None:
        buffer = io.BytesIO()
        pillow_heif.from_pillow(Image.new("RGB", (80, 60), "teal")).save(buffer)
        examined = look(buffer.getvalue(), "IMG_0001.HEIC")
        assert (examined.media_type, examined.width) == ("image/heic", 80)
        assert public_copy(buffer.getvalue(), edge=40).startswith(b"\xff\xd8\xff")

    def test_papers(self) -> None:
        assert look(b"%PDF-1.7\n%%EOF\n", "证明.pdf").media_type == "application/pdf"
        assert look(word(), "证明.docx").media_type.endswith("wordprocessingml.document")
        assert look(archive(**{"xl/workbook.xml": b"<workbook/>"}), "表.xlsx").media_type.endswith("spreadsheetml.sheet")

    def test_the_digest_is_of_the_bytes_as_they_came(self) -> None:
        import hashlib

        content = picture()
        assert look(content).sha256 == hashlib.sha256(content).hexdigest()


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "name", "code"),
        [
            (b"", "空.jpg", "file-empty"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "图.svg", "file-type"),
            (b"<html><script>alert(1)</script>", "页.jpg", "file-type"),
            (b"MZ\x90\x00", "软件.exe", "file-type"),
            (b"GIF89a" + b"0" * 20, "动.gif", "file-type"),
            (picture(), "照片.pdf", "file-disguised"),
            (picture(), "照片", "file-disguised"),
            (picture(), "照片.jpg.exe", "file-disguised"),
            (picture("PNG"), "照片.jpg", "file-disguised"),
            (b"%PDF-1.7 cut off", "半.pdf", "file-broken"),
            (picture()[:400], "半.jpg", "file-broken"),
            (picture("PNG")[:60], "半.png", "file-broken"),
            (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "坏.png", "file-broken"),
            (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "坏.webp", "file-broken"),
            (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64, "坏.heic", "file-broken"),
        ],
    )
    def test_says_which_and_why(self, content: bytes, name: str, code: str) -> None:
        assert refusal(content, name) == code

    def test_too_large(self, settings: Any) -> None:
        settings.EVIDENCE_MAX_BYTES = 1000
        assert refusal(b"\xff\xd8\xff" + b"0" * 1000, "大.jpg") == "file-too-large"

    def test_a_picture_that_is_an_archive_too(self) -> None:
        assert refusal(picture() + archive(a=b"payload"), "照片.jpg") == "file-disguised"

    def test_a_picture_that_is_a_page_too(self) -> None:
        assert refusal(picture(comment=b"<script>alert(1)</script>"), "照片.jpg") == "file-disguised"

    def test_a_bomb_is_measured_before_it_is_unpacked(self) -> None:
        """100 000 × 100 000 pixels in a few bytes; decoding would take 30 GB."""

        def chunk(kind: bytes, content: bytes) -> bytes:
            return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

        header = chunk(b"IHDR", struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
        content = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")
        assert refusal(content, "炸.png") == "image-bomb"

    def test_a_picture_just_over_the_limit(self, settings: Any) -> None:
        settings.EVIDENCE_MAX_PIXELS = 64 * 48
        assert look(picture()).width == 64
        assert refusal(picture(size=(64, 49)), "照片.jpg") == "image-bomb"

    @pytest.mark.parametrize(
        "members",
        [
            {"word/vbaProject.bin": b"macro"},
            {"../../etc/passwd": b"x"},
            {"/etc/passwd": b"x"},
        ],
    )
    def test_papers_with_something_in_them(self, members: dict[str, bytes]) -> None:
        assert refusal(word(**members), "证明.docx") == "file-type"

    def test_a_paper_that_unpacks_without_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gongjian.kernel.files.UNPACKED_MOST", 1_000_000)
        assert refusal(word(**{"word/media/a.bin": b"\x00" * 2_000_000}), "证明.docx") == "file-type"

    def test_an_archive_that_is_no_paper(self) -> None:
        assert refusal(archive(a=b"x"), "证明.docx") == "file-type"
        assert refusal(word()[:-30], "证明.docx") == "file-type"


class TestNames:
    @pytest.mark.parametrize(
        ("name", "safe"),
        [
            ("../../etc/passwd.jpg", "passwd.jpg"),
            ("C:\\Users\\张三\\照片.jpg", "照片.jpg"),
            ("照\x00片\r\n.jpg", "照片.jpg"),
            ("照片\u202egpj.exe", "照片gpj.exe"),
            ("长" * 300 + ".jpg", "长" * 156 + ".jpg"),
        ],
    )
    def test_only_the_last_part_and_what_can_be_seen(self, name: str, safe: str) -> None:
        assert safe_name(name) == safe


class TestWhatTheCameraWrote:
    @pytest.mark.parametrize(("kind", "name"), [("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")])
    def test_time_place_and_software(self, kind: str, name: str) -> None:
        examined = look(picture(kind, exif=camera_exif()), name)
        assert examined.captured_at == timezone.make_aware(datetime(2020, 7, 30, 9, 15))  # noqa: DTZ001
        assert (examined.latitude, examined.longitude) == (Decimal("34.775000"), Decimal("113.670000"))
        assert examined.software == "Adobe Photoshop 25.0"

    def test_south_and_west(self) -> None:
        gps = {1: "S", 2: (34.0, 0.0, 0.0), 3: "W", 4: (113.0, 0.0, 0.0)}
        examined = look(picture(exif=camera_exif(gps=gps)))
        assert (examined.latitude, examined.longitude) == (Decimal(-34), Decimal(-113))

    @pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "yesterday", "2999:01:01 00:00:00", "1980:01:01 00:00:00", ""])
    def test_a_clock_that_was_not_set(self, taken: str) -> None:
        assert look(picture(exif=camera_exif(taken=taken))).captured_at is None

    @pytest.mark.parametrize(
        "gps",
        [
            {1: "N", 2: (999.0, 0.0, 0.0), 3: "E", 4: (113.0, 0.0, 0.0)},
            {1: "N", 2: (34.0, 0.0, 0.0)},
        ],
    )
    def test_a_place_that_cannot_be(self, gps: dict[int, Any]) -> None:
        assert look(picture(exif=camera_exif(gps=gps))).latitude is None

    def test_software_with_what_no_database_stores(self) -> None:
        assert look(picture(exif=camera_exif(software="Meitu\x00\x07 9.9" + "x" * 300))).software.startswith("Meitu  9.9"[:5])

    def test_broken_exif_is_still_a_photo(self) -> None:
        content = picture(exif=camera_exif())
        broken = content.replace(b"Exif\x00\x00MM\x00*", b"Exif\x00\x00MM\x00\xff").replace(
            b"Exif\x00\x00II*\x00", b"Exif\x00\x00II\xff\x00"
        )
        assert look(broken).width == 64


class TestLikeness:
    def test_scaled_and_recompressed_is_nearly_the_same(self) -> None:
        one, other = look(picture(size=(800, 600))), look(picture(size=(400, 300), quality=40))
        assert one.perceptual_hash is not None
        assert other.perceptual_hash is not None
        assert ((one.perceptual_hash ^ other.perceptual_hash) & (2**64 - 1)).bit_count() <= 6


class TestPublicCopy:
    def test_carries_nothing_that_the_camera_wrote(self) -> None:
        copy = Image.open(io.BytesIO(public_copy(picture(exif=camera_exif()), edge=1600)))
        assert not copy.getexif()
        assert "exif" not in copy.info
        assert b"Photoshop" not in public_copy(picture(exif=camera_exif()), edge=1600)

    def test_stands_upright(self) -> None:
        copy = Image.open(io.BytesIO(public_copy(picture(size=(64, 48), exif=camera_exif(orientation=6)), edge=1600)))
        assert copy.size == (48, 64)

    def test_is_at_most_as_large_as_asked(self) -> None:
        assert max(Image.open(io.BytesIO(public_copy(picture(size=(800, 600)), edge=100))).size) == 100

    @pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "L"), ("JPEG", "CMYK"), ("PNG", "1")])
    def test_of_every_mode(self, kind: str, mode: str) -> None:
        assert Image.open(io.BytesIO(public_copy(picture(kind, mode=mode), edge=50))).mode == "RGB"

    def test_what_was_transparent_is_white(self) -> None:
        buffer = io.BytesIO()
        Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(buffer, "PNG")
        assert Image.open(io.BytesIO(public_copy(buffer.getvalue(), edge=20))).getpixel((5, 5)) == (255, 255, 255)
