"""What the room's audit entries are called."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "settling.add_relief": _("登记租金减免办法"),
    "settling.draft": _("登记腾退结算"),
    "settling.change": _("改腾退结算"),
    "settling.sign": _("签腾退承诺书"),
    "settling.decide": _("登记强制腾退的决定"),
    "settling.pay": _("登记腾退付款"),
    "settling.close": _("腾退结算办结"),
    "settling.cancel": _("作废腾退结算"),
    "settling.visit": _("登记现场安全查看"),
    "settling.finish": _("腾退办结记入台账"),
    "settling.see_signature": _("查看承诺书签名"),
    "settling.export": _("导出腾退结算"),
}
