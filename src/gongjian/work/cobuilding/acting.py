"""What the room's audit entries are called."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "cobuilding.post_need": _("发布需求"),
    "cobuilding.change_need": _("改需求"),
    "cobuilding.withdraw_need": _("撤下需求"),
    "cobuilding.post_offer": _("发布资源"),
    "cobuilding.change_offer": _("改资源"),
    "cobuilding.withdraw_offer": _("撤下资源"),
    "cobuilding.match": _("重新配对"),
    "cobuilding.change_weights": _("改配对规则"),
    "cobuilding.dismiss": _("放下一条配对建议"),
    "cobuilding.draft_agreement": _("起草协议"),
    "cobuilding.change_agreement": _("改协议"),
    "cobuilding.sign_agreement": _("签协议"),
    "cobuilding.add_room": _("写入协议用房"),
    "cobuilding.hand_over_room": _("移交协议用房"),
    "cobuilding.record_meeting": _("记联席会"),
    "cobuilding.end_agreement": _("终止协议"),
    "cobuilding.report_in": _("登记双报到"),
    "cobuilding.end_report_in": _("结束双报到"),
    "cobuilding.print": _("打印共建材料"),
    "cobuilding.proposed": _("提出认领"),
    "cobuilding.agreed": _("同意认领"),
    "cobuilding.started": _("开始办共建项目"),
    "cobuilding.reported": _("共建项目请验收"),
    "cobuilding.sent_back": _("共建项目验收没通过"),
    "cobuilding.accepted": _("验收共建项目"),
    "cobuilding.rated": _("评价共建项目"),
    "cobuilding.finished": _("办结共建项目"),
    "cobuilding.lapsed": _("共建项目没办成"),
}
