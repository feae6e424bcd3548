"""What notices about co-building say."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import NoticeTemplate

_ABOUT = _("%(title)s，%(amount)s。%(organization)s → %(place)s。")

NOTICES: Mapping[str, NoticeTemplate] = {
    "cobuilding.proposed": NoticeTemplate(_("有一项认领等您同意"), _ABOUT),
    "cobuilding.agreed": NoticeTemplate(_("共建项目说好了，可以动手了"), _ABOUT),
    "cobuilding.reported": NoticeTemplate(_("共建项目办到了，请验收"), _ABOUT),
    "cobuilding.sent_back": NoticeTemplate(_("共建项目验收没通过，请再办"), _ABOUT),
    "cobuilding.accepted": NoticeTemplate(_("共建项目已验收，事迹记下了"), _ABOUT),
    "cobuilding.lapsed": NoticeTemplate(_("一项共建没办成"), _ABOUT),
}
