"""A mail as a report, or the reason why it is none."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from gongjian.kernel.errors import Invalid
from gongjian.kernel.files import examine
from gongjian.work.whistles.mailbox.words import own_subject, own_words, plain
from gongjian.work.whistles.models.whistles import MOST_TEXT
from gongjian.work.whistles.services.reports import Report

MOST_PHOTOS = 4
MOST_BYTES = 25 * 1024 * 1024
MOST_NUMBER = 60
EXTENSIONS = {"image/jpeg": ".jpg", "image/jpg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/heic": ".heic"}
MACHINES = ("mailer-daemon@", "postmaster@", "noreply@", "no-reply@")


def why_ignored(message: Any) -> str:
    """A word for the log if it is not from a person, or too large; empty if it is to be read."""
    headers = {name: " ".join(values).strip().lower() for name, values in message.headers.items()}
    if message.size_rfc822 > MOST_BYTES:
        return "too-large"
    if headers.get("auto-submitted", "no") != "no" or "x-autoreply" in headers or "x-autorespond" in headers:
        return "automatic"
    if headers.get("precedence") in ("bulk", "list", "junk", "auto_reply"):
        return "bulk"
    if "list-id" in headers or "list-unsubscribe" in headers:
        return "list"
    bounce = headers.get("return-path") == "<>" or headers.get("content-type", "").startswith("multipart/report")
    return "bounce" if bounce or message.from_.lower().startswith(MACHINES) else ""


def number_of(message: Any) -> str:
    """The Message-ID, or what stands for one: the same letter has the same, whenever it is read."""
    told = "".join(message.headers.get("message-id", ())[:1]).strip().strip("<>")
    if 0 < len(told) <= MOST_NUMBER and told.isprintable():
        return told
    return "sha256:" + hashlib.sha256((told or message.obj.as_string()).encode(errors="replace")).hexdigest()[:50]


def report_of(message: Any) -> Report:
    """Subject and words, with up to four photos. An address that cannot be is left out, for the letter may still be true."""
    sender = message.from_values
    return Report(
        text=_text(message),
        name=(sender.name if sender else "")[:40],
        email=_address(sender.email if sender else ""),
        external_number=number_of(message),
        photos=_photos(message),
    )


def _text(message: Any) -> str:
    written = own_words(message.text or "") or own_words(plain(message.html or ""))
    subject = own_subject(message.subject or "")
    text = "\n".join(part for part in (subject, written) if part)
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 20] + _("……（来信太长，已截短）")


def _address(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def _photos(message: Any) -> list[Any]:
    """Those that are what they say they are; a broken picture does not spoil the letter."""
    found: list[Any] = []
    for attachment in message.attachments:
        extension = EXTENSIONS.get(attachment.content_type.lower())
        if extension and len(found) < MOST_PHOTOS:
            photo = SimpleUploadedFile(f"mail-{len(found) + 1}{extension}", attachment.payload)
            try:
                examine(photo)
            except Invalid:
                continue
            found.append(photo)
    return found
