from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


@pytest.fixture
def photo() -> Callable[..., SimpleUploadedFile]:
    """`photo("1.png")`: a picture of its own; `photo(name, content)`: any file."""
    made = iter(range(1, 256))

    def make(name: str, content: bytes | None = None) -> SimpleUploadedFile:
        if content is None:
            stream = BytesIO()
            Image.new("RGB", (64, 48), (next(made), 80, 120)).save(stream, "PNG")
            content = stream.getvalue()
        return SimpleUploadedFile(name, content)

    return make
