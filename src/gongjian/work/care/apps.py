from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, NoticeTemplate, RoomConfig


class CareConfig(RoomConfig):
    name = "gongjian.work.care"
    label = "care"
    verbose_name = _("结对关爱")
    mount = "care"
    menu = (
        MenuEntry(_("结对关爱"), "care:pairings", "heart-handshake", "doing", "care.look", 70),
        MenuEntry(_("探访频次"), "care:cadences", "clock", "settings", "care.configure", 30),
    )
    actions = {
        "care.pair": _("结对"),
        "care.change": _("修改结对"),
        "care.risk": _("改老人的风险"),
        "care.report_change": _("记重大变化"),
        "care.pause": _("暂停结对"),
        "care.resume": _("恢复结对"),
        "care.end": _("结束结对"),
        "care.visit": _("记探访"),
        "care.read_notes": _("查看探访备注和家属电话"),
        "care.forget_notes": _("删除探访备注"),
        "care.credit": _("探访记入台账"),
        "care.set_cadence": _("改探访频次"),
    }
    notices = {
        "care.paired": NoticeTemplate(_("您单位有新的结对"), _("%(community)s的老人与您单位结对，打开就能看到。")),
        "care.changed": NoticeTemplate(_("结对老人有重大变化，请尽快联系"), _("%(community)s，请在 %(due)s 前联系。")),
    }

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.care.selectors.desk import desk_items

        return desk_items(account)

    def personal_data(self, person: Any) -> dict[str, Any]:
        from gongjian.work.care.selectors.persons import personal_data

        return personal_data(person)
