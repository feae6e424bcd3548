"""The basis gate: what a commendation or a star rating may call itself, by the approval that it has."""

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjian.kernel.errors import Invalid

RESERVED = ("表彰", "创建", "评比", "达标")
"""Words for projects that need approval by the center or the province (评比达标表彰活动管理办法)."""


class Nature(models.TextChoices):
    """What it legally is. Only an approved one, or one with its own basis, may use the word 表彰."""

    APPROVED = "approved", _("经批准的表彰")
    RECOMMENDATION = "recommendation", _("推荐上报")
    INTERNAL = "internal", _("单位内部")
    THANKS = "thanks", _("通报表扬、感谢信")


def check_nature(*, nature: str, approving_body: str, basis_number: str) -> None:
    """Raises Invalid for an approved commendation that names no approval."""
    if nature == Nature.APPROVED and not (approving_body.strip() and basis_number.strip()):
        raise Invalid(
            _now("“经批准的表彰”要写明批准机关和依据文号。没有的话，请改用“通报表扬、感谢信”。"),
            code="basis-missing",
            field="basis_number" if approving_body.strip() else "approving_body",
        )


def check_words(text: str, *, has_basis: bool, field: str | None = None) -> None:
    """Raises Invalid if `text` uses a reserved word without a basis, and offers the lighter nature."""
    used = next((word for word in RESERVED if word in text), "")
    if used and not has_basis:
        raise Invalid(
            _now("没有批准机关和依据文号，不能用“%(word)s”。可以改为“通报表扬”或“感谢信”。") % {"word": used},
            code="basis-missing",
            field=field,
        )
