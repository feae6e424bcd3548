"""What a machine's token may be limited to. A room that offers more over the API adds its line here."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SCOPES: dict[str, Any] = {
    "registry:read": _("查底册：单位、地方、党组织"),
    "ledger:read": _("查事迹和统计"),
    "ledger:write": _("记事迹"),
    "honors:read": _("查评选和荣誉"),
    "whistles:read": _("查哨件"),
    "whistles:write": _("吹哨、办理哨件"),
    "cobuilding:read": _("查三张清单、配对建议、共建协议"),
    "cobuilding:write": _("发布需求和资源、认领、验收"),
    "sharing:read": _("查共享场地、预约、捐赠物资"),
    "sharing:write": _("预约场地、取消预约"),
    "volunteering:read": _("查招募、班次、时长，查验服务证明"),
    "volunteering:write": _("替单位的人报名、点名、确认时长"),
    "projects:read": _("查工程项目和任务台账"),
    "projects:write": _("派任务、办任务"),
    "ratings:read": _("查公布的星级"),
    "inspections:read": _("查检查和隐患"),
    "inspections:write": _("报隐患"),
    "open311:write": _("经 Open311 送来反映"),
}
