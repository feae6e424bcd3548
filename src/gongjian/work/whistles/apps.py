from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig
from gongjian.work.whistles.acting import ACTIONS
from gongjian.work.whistles.notices import NOTICES


class WhistlesConfig(RoomConfig):
    name = "gongjian.work.whistles"
    label = "whistles"
    verbose_name = _("吹哨")
    mount = "whistles"
    menu = (
        MenuEntry(_("反映问题"), "whistles:report", "message-report", "public", order=5),
        MenuEntry(_("吹哨"), "whistles:board", "speakerphone", "doing", "whistles.board", 10),
        MenuEntry(
            _("导入工单"), "desk:sheet_upload", "file-spreadsheet", "doing", "whistles.import", 42, ("whistles.hotline",)
        ),
        MenuEntry(_("热点与专题"), "whistles:hot_spots", "flame", "doing", "whistles.topics", 45),
        MenuEntry(_("三率"), "whistles:rates", "report-analytics", "recorded", "whistles.accounts", 40),
        MenuEntry(_("吹哨规则"), "whistles:policy", "settings", "settings", "whistles.configure", 20),
        MenuEntry(_("事项类别"), "whistles:categories", "category", "settings", "whistles.configure", 22),
        MenuEntry(_("工作日历"), "whistles:calendar", "calendar", "settings", "registry.edit_calendar", 24),
    )
    actions = ACTIONS
    notices = NOTICES
    sheets = {"whistles.hotline": "gongjian.work.whistles.hotline.sheet.HotlineSheet"}
    synthetic = {"whistles": "gongjian.work.whistles.synthetic.command.whistles"}

    def ready(self) -> None:
        from gongjian.kernel.workdays import calendar_changed
        from gongjian.work.whistles.recomputing import recompute_later

        calendar_changed.connect(recompute_later, dispatch_uid="whistles.recompute_later")

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.whistles.selectors.desk import desk_items

        return desk_items(account)

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.whistles.selectors.desk import search

        return search(account, words)

    def personal_data(self, person: Any) -> dict[str, Any]:
        from gongjian.work.whistles.selectors.persons import personal_data

        return personal_data(person)

    def take_referral(self, actor: Any, referral: Any) -> bool:
        from gongjian.work.whistles.services.referrals import take_in_referral

        take_in_referral(actor, referral)
        return True

    def referred(self, account: Any, keys: Any) -> Any:
        from gongjian.work.whistles.selectors.referrals import referred

        return referred(account, keys)

    def api_router(self) -> Any:
        from gongjian.work.whistles.api import router

        return router
