"""What must hold for what people write."""

from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from gongjian.kernel import clock
from gongjian.kernel.errors import Invalid
from gongjian.work.whistles.models.whistles import MOST_TEXT

LEAST_TEXT = 4
LONGEST_AGO = timedelta(days=3 * 366)
PHONE_DIGITS = range(7, 16)
"""A landline without area code to the longest number of ITU-T E.164."""


def checked_text(text: str, *, field: str = "text") -> str:
    """Raises Invalid for one too short or too long to be read."""
    cleaned = text.replace("\x00", "").strip()
    if len(cleaned) < LEAST_TEXT:
        raise Invalid(_("请写几个字，说说是什么事、在哪里。"), code="text-missing", field=field)
    if len(cleaned) > MOST_TEXT:
        sentence = _("内容太长（%(length)s 字），请压缩到 %(most)s 字以内，或分成几件反映。")
        raise Invalid(sentence % {"length": len(cleaned), "most": MOST_TEXT}, code="text-too-long", field=field)
    return cleaned


def checked_words(words: str, *, field: str, sentence: Any) -> str:
    """A reason or report. Raises Invalid with `sentence` where nothing is said."""
    cleaned = words.strip()
    if len(cleaned) < 2:
        raise Invalid(sentence, code=f"{field}-missing", field=field)
    return cleaned


def checked_phone(phone: str) -> str:
    """Digits with an optional leading +; empty stays empty. Raises Invalid."""
    cleaned = "".join(c for c in phone if c not in " -()（）\u3000").strip()
    digits = cleaned.removeprefix("+")
    if cleaned and not (digits.isascii() and digits.isdigit() and len(digits) in PHONE_DIGITS):
        raise Invalid(_("电话号码不对：请填手机号，或带区号的座机号；不想留可以空着。"), code="phone", field="phone")
    if len(digits) == 11 and digits.startswith("1") and digits[1] in "012":
        raise Invalid(_("这不是手机号：请核对，不想留可以空着。"), code="phone", field="phone")
    return cleaned


def checked_email(email: str) -> str:
    cleaned = email.strip()
    try:
        if cleaned:
            validate_email(cleaned)
    except ValidationError as error:
        raise Invalid(_("邮箱地址不对。"), code="email", field="email") from error
    return cleaned


def checked_past(moment: datetime | None) -> datetime | None:
    """When something was said elsewhere: before now, and not longer ago than anybody still acts on. Raises Invalid."""
    if moment is not None and not clock.now() - LONGEST_AGO <= moment <= clock.now():
        raise Invalid(_("反映时间不能晚于现在，也不能早于三年前。"), code="said-at", field="said_at")
    return moment


def checked_coordinates(latitude: Any, longitude: Any) -> tuple[Decimal | None, Decimal | None]:
    """Both or none, on earth. Raises Invalid."""
    if latitude in (None, "") and longitude in (None, ""):
        return None, None
    try:
        point = Decimal(str(latitude)).quantize(Decimal("0.000001")), Decimal(str(longitude)).quantize(Decimal("0.000001"))
        if abs(point[0]) <= 90 and abs(point[1]) <= 180:
            return point
    except (InvalidOperation, ValueError):
        pass
    raise Invalid(_("坐标不对：纬度在 ±90 以内，经度在 ±180 以内，两个都要有。"), code="coordinates", field="latitude")
