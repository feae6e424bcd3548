from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, NoticeTemplate, RoomConfig


class InspectionsConfig(RoomConfig):
    name = "gongjian.work.inspections"
    label = "inspections"
    verbose_name = _("联合检查")
    mount = "inspections"
    menu = (
        MenuEntry(_("联合检查"), "inspections:inspections", "list-check", "doing", "inspections.look", 65),
        MenuEntry(_("检查表"), "inspections:checklists", "tools", "settings", "inspections.configure", 32),
    )
    actions = {
        "inspections.plan": _("排检查"),
        "inspections.cancel": _("取消检查"),
        "inspections.answer": _("填检查项"),
        "inspections.find": _("记隐患"),
        "inspections.close": _("检查收尾"),
        "inspections.mend": _("报整改"),
        "inspections.recheck": _("复查隐患"),
        "inspections.set_limit": _("改整改期限"),
        "inspections.transfer": _("移交部门"),
        "inspections.settle": _("部门处理隐患"),
        "inspections.lecture": _("记安全讲座"),
        "inspections.revise": _("改检查表"),
        "inspections.export": _("导出隐患清单"),
    }
    notices = {
        "inspections.planned": NoticeTemplate(_("请参加联合检查：%(title)s"), _("%(day)s，%(place)s。")),
        "inspections.found": NoticeTemplate(_("检查发现隐患，请整改"), _("%(place)s，期限 %(day)s。")),
        "inspections.failed": NoticeTemplate(_("隐患复查没通过，请再整改"), _("%(place)s，期限 %(day)s。")),
        "inspections.transferred": NoticeTemplate(_("移交给您单位一处隐患，请处理"), _("%(place)s，期限 %(day)s。")),
        "inspections.sent_back": NoticeTemplate(_("部门退回一处隐患"), _("%(place)s，期限 %(day)s。")),
    }

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.inspections.selectors.desk import desk_items

        return desk_items(account)

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.inspections.selectors.inspections import search

        return search(account, words)

    def api_router(self) -> Any:
        from gongjian.work.inspections.api import router

        return router
