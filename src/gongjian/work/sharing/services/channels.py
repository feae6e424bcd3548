"""By which channel goods may be given, and why not by others.

Welfare Donations Law (公益事业捐赠法) §§10–11, Charity Law (慈善法, 2023) §§74, 122.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.kernel.errors import Invalid
from gongjian.registry.models import Organization, Place
from gongjian.work.sharing.models import Channel

INSTEAD = gettext_lazy("可以改走：慈善组织或红十字会代收转交、县区政府部门受赠、单位之间资产调拨，或社区内部互助。")
WHY_NOT = {
    Channel.TO_OFFICE: gettext_lazy(
        "街道办事处和居委会不能直接当受赠人：公益事业捐赠法第十条、第十一条只列了公益性社会团体、公益性非营利事业单位，和县级以上政府及其部门。"
    ),
    Channel.APPEAL: gettext_lazy("街道、居委会不能自己向社会募捐：依慈善法第七十四条，它们帮着做的是分配送达、信息统计。"),
    Channel.OWN_USE: gettext_lazy("政府部门受赠，不能以本机关为受益对象（公益事业捐赠法第十一条）。"),
}
WITH_GO_BETWEEN = (Channel.CHARITY, Channel.RED_CROSS, Channel.COUNTY)


def check_channel(*, channel: str, via: str, document: str, organization: Organization | None, place: Place) -> None:
    """Raises Invalid with the reason, and with what to do instead."""
    if channel in WHY_NOT:
        raise Invalid(f"{WHY_NOT[Channel(channel)]}{INSTEAD}", code="unlawful-channel", field="channel")
    if channel not in Channel.values:
        raise Invalid(_("请选捐赠走的渠道。"), code="channel", field="channel")
    if channel in WITH_GO_BETWEEN and not via.strip():
        raise Invalid(_("请写明代收或受赠的是哪个单位。"), code="via", field="via")
    if channel != Channel.MUTUAL and not document.strip():
        raise Invalid(_("请写票据号、受赠书号或调拨单号。"), code="document", field="document")
    if channel == Channel.TRANSFER and organization is None:
        raise Invalid(_("资产调拨是单位之间的事，请选捐赠单位。"), code="organization", field="organization")
    if channel == Channel.MUTUAL:
        check_inside_community(place)


def check_inside_community(place: Any) -> None:
    if place.level in ("province", "city", "district", "subdistrict"):
        raise Invalid(_("社区互助的东西，收在社区里。"), code="not-in-community", field="place")
