"""What a campaign and its candidates are called, by its nature."""

from gongjian.honors.models import Campaign
from gongjian.kernel.basis import Nature

_WORDS = {
    Nature.APPROVED: ("表彰", "表彰对象", "关于表彰"),
    Nature.RECOMMENDATION: ("推荐", "推荐对象", "关于推荐"),
    Nature.INTERNAL: ("通报表扬", "通报表扬对象", "关于通报表扬"),
    Nature.THANKS: ("通报表扬", "通报表扬对象", "关于通报表扬"),
}


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
