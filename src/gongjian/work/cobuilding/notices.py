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
    "cobuilding.agreement_expires": NoticeTemplate(
        _("共建协议快到期了"), _("“%(title)s”（%(organization)s）%(date)s 到期，续签还是终止，请两边商量。")
    ),
    "cobuilding.agreement_ended": NoticeTemplate(_("共建协议终止了"), _("“%(title)s”（%(organization)s）已经终止。")),
    "cobuilding.lapsed": NoticeTemplate(_("一项共建没办成"), _ABOUT),
}
