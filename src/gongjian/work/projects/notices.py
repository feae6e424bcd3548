"""What notices about projects say."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import NoticeTemplate

NOTICES: Mapping[str, NoticeTemplate] = {
    "projects.task_given": NoticeTemplate(_("派给您一项任务：%(title)s"), _("%(project)s。%(date)s 前办完，责任人是您。")),
    "projects.tasks_given": NoticeTemplate(_("派给您 %(count)s 项任务"), _("%(project)s。请到任务台账看看时限。")),
    "projects.task_moved": NoticeTemplate(_("任务改了：%(title)s"), _("%(project)s。时限 %(date)s。")),
    "projects.task_late": NoticeTemplate(_("任务过期了：%(title)s"), _("%(project)s。时限是 %(date)s。")),
    "projects.meeting_called": NoticeTemplate(_("请您开会：%(title)s"), _("%(project)s %(kind)s，%(when)s，%(venue)s。")),
    "projects.meeting_canceled": NoticeTemplate(
        _("会不开了：%(title)s"), _("%(project)s %(kind)s，原定 %(when)s。%(because)s")
    ),
    "projects.task_done": NoticeTemplate(_("任务办完了：%(title)s"), _("%(project)s。%(result)s")),
}
