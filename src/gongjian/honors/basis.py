"""The basis gate: what a campaign may call itself."""

from django.utils.translation import gettext as _

from gongjian.honors.models import Campaign, Nature
from gongjian.kernel.errors import Invalid

RESERVED = ("表彰", "创建", "评比", "达标")
"""Words for projects that need approval by the center or the province (评比达标表彰活动管理办法)."""

_WORDS = {
    Nature.APPROVED: ("表彰", "表彰对象", "关于表彰"),
    Nature.RECOMMENDATION: ("推荐", "推荐对象", "关于推荐"),
    Nature.INTERNAL: ("通报表扬", "通报表扬对象", "关于通报表扬"),
    Nature.THANKS: ("通报表扬", "通报表扬对象", "关于通报表扬"),
}


def check_nature(*, nature: str, approving_body: str, basis_number: str) -> None:
    """Raises Invalid for an approved commendation that names no approval."""
    if nature == Nature.APPROVED and not (approving_body.strip() and basis_number.strip()):
        raise Invalid(
            _("“经批准的表彰”要写明批准机关和依据文号。没有的话，请改用“通报表扬、感谢信”。"),
            code="basis-missing",
            field="basis_number" if approving_body.strip() else "approving_body",
        )


def check_words(text: str, *, has_basis: bool, field: str | None = None) -> None:
    """Raises Invalid if `text` uses a reserved word without a basis, and offers the lighter nature."""
    used = next((word for word in RESERVED if word in text), "")
    if used and not has_basis:
        raise Invalid(
            _("没有批准机关和依据文号，不能用“%(word)s”。可以改为“通报表扬”或“感谢信”。") % {"word": used},
            code="basis-missing",
            field=field,
        )


def word(campaign: Campaign) -> str:
    """What the campaign does: 表彰, 推荐 or 通报表扬."""
    return _WORDS[_effective(campaign)][0]


def object_word(campaign: Campaign) -> str:
    """What its candidates become: 表彰对象 and so on."""
    return _WORDS[_effective(campaign)][1]


def paper_title(campaign: Campaign) -> str:
    return _WORDS[_effective(campaign)][2]


def _effective(campaign: Campaign) -> Nature:
    return Nature(campaign.nature) if campaign.nature != Nature.APPROVED or campaign.has_basis else Nature.THANKS
