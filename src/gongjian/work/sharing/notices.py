"""What notices about bookings say."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import NoticeTemplate

_WHEN = _("%(venue)s，%(when)s。")

NOTICES: Mapping[str, NoticeTemplate] = {
    "sharing.requested": NoticeTemplate(_("有人想用%(venue)s，请答复"), _WHEN),
    "sharing.accepted": NoticeTemplate(_("约好了：%(venue)s"), _WHEN),
    "sharing.refused": NoticeTemplate(_("%(venue)s没有约成"), _("%(when)s。原因：%(reason)s")),
    "sharing.taken_back": NoticeTemplate(_("%(venue)s的预约取消了"), _("%(when)s。原因：%(reason)s")),
    "sharing.moved_up": NoticeTemplate(_("排到了：%(venue)s"), _WHEN),
    "sharing.moved_up_to_request": NoticeTemplate(_("排到了，等同意：%(venue)s"), _WHEN),
}
