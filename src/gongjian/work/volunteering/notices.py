"""What notices of volunteering say. `activity`, `when` and `post` are filled in."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import NoticeTemplate

_ABOUT = _("%(activity)s，%(when)s，%(post)s。")

NOTICES: Mapping[str, NoticeTemplate] = {
    "volunteering.called": NoticeTemplate(_("招募令：%(title)s"), _("面向您单位的人。打开就能把链接转给大家。")),
    "volunteering.booked": NoticeTemplate(_("您排上班了：%(when)s"), _ABOUT),
    "volunteering.declined": NoticeTemplate(_("这一班没有排上：%(when)s"), _ABOUT),
    "volunteering.moved_up": NoticeTemplate(_("候补轮到您了：%(when)s"), _ABOUT),
    "volunteering.cancelled": NoticeTemplate(_("班次取消：%(when)s"), _ABOUT),
    "volunteering.rostered": NoticeTemplate(
        _("排班出来了：%(activity)s"), _("%(first)s至%(last)s的班排好了，请看哪些是您的。来不了，早点说。")
    ),
    "volunteering.certified": NoticeTemplate(_("服务证明出具了：%(number)s"), _("可以在“我的服务记录”里下载。")),
    "volunteering.corrected": NoticeTemplate(_("您的更正申请有答复了"), _("%(answer)s")),
    "volunteering.soon": NoticeTemplate(_("明天有您的班：%(when)s"), _ABOUT),
}
