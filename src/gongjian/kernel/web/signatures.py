"""A signature drawn on the screen, or a photo of the signed paper (`<c-signature>` draws the pad)."""

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.web.forms import ServiceForm

_DRAWN = "data:image/png;base64,"
MOST_DRAWN = 400_000


class SignedForm(ServiceForm):
    """Cleans to `signature`: the photo, or what was drawn, or None."""

    drawn = forms.CharField(widget=forms.HiddenInput(attrs={"data-signature": ""}), required=False, max_length=MOST_DRAWN)
    photo = forms.FileField(
        label=_("或者拍下签了名的单子"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def clean(self) -> dict[str, Any]:
        values = dict(super().clean() or {})
        drawn, photo = values.pop("drawn", ""), values.pop("photo", None)
        values["signature"] = photo or _drawing(drawn)
        return values


def _drawing(drawn: str) -> "ContentFile[bytes] | None":
    if not drawn.startswith(_DRAWN):
        return None
    try:
        return ContentFile(base64.b64decode(drawn.removeprefix(_DRAWN), validate=True), name="signature.png")
    except (ValueError, binascii.Error):
        return None
