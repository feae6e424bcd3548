"""What notices about whistles say. `number`, `category` and `place` are filled in."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import NoticeTemplate

_ABOUT = _("哨件 %(number)s %(category)s，%(place)s。")


NOTICES: Mapping[str, NoticeTemplate] = {
    "whistles.blown": NoticeTemplate(_("新的哨件 %(number)s，请分派"), _ABOUT),
    "whistles.reopened": NoticeTemplate(_("哨件 %(number)s 要重新办理"), _ABOUT),
    "whistles.dispatched": NoticeTemplate(_("派给您单位一件哨：%(number)s，请应哨"), _ABOUT),
    "whistles.objected": NoticeTemplate(_("哨件 %(number)s 有派单异议，请答复"), _ABOUT),
    "whistles.objection_decided": NoticeTemplate(_("哨件 %(number)s 的派单异议有答复了"), _ABOUT),
    "whistles.reported": NoticeTemplate(_("哨件 %(number)s 已反馈，请到现场核实"), _ABOUT),
    "whistles.supported": NoticeTemplate(_("哨件 %(number)s 的配合单位已反馈"), _ABOUT),
    "whistles.refused": NoticeTemplate(_("哨件 %(number)s 核实未通过，请再办"), _ABOUT),
    "whistles.rated": NoticeTemplate(_("哨件 %(number)s 居民已评价"), _ABOUT),
    "whistles.pause_asked": NoticeTemplate(_("哨件 %(number)s 申请延期或暂停，请审批"), _ABOUT),
    "whistles.pause_decided": NoticeTemplate(_("哨件 %(number)s 的延期或暂停申请已批复"), _ABOUT),
    "whistles.mentioned": NoticeTemplate(_("有人在哨件 %(number)s 里提到了您"), _ABOUT),
    "whistles.blue": NoticeTemplate(_("蓝色提醒：哨件 %(number)s 时间过半"), _ABOUT),
    "whistles.yellow": NoticeTemplate(_("黄色警告：哨件 %(number)s 快到期了"), _ABOUT),
    "whistles.red": NoticeTemplate(_("红色超期：哨件 %(number)s 已超期"), _ABOUT),
    "whistles.supervised": NoticeTemplate(_("督办：哨件 %(number)s，请马上办理"), _ABOUT),
    "whistles.weekly": NoticeTemplate(_("本周吹哨报到周报已生成"), _("打开就能看到本周的数字、超期件和热点。")),
}
