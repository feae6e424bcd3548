from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import HomeList, MenuEntry, RoomConfig
from gongjian.work.sharing.notices import NOTICES


class SharingConfig(RoomConfig):
    name = "gongjian.work.sharing"
    label = "sharing"
    verbose_name = _("共享场地与物资")
    mount = "sharing"
    menu = (
        MenuEntry(_("约场地"), "sharing:venues", "calendar", "public", order=15),
        MenuEntry(_("场地预约"), "sharing:bookings", "calendar-event", "doing", "sharing.see_bookings", 50),
        MenuEntry(_("捐赠公示"), "sharing:publication", "heart-handshake", "public", order=40),
        MenuEntry(_("捐赠物资"), "sharing:stock", "archive", "doing", "sharing.see_goods", 55),
        MenuEntry(_("共享场地"), "sharing:kept", "building-community", "registers", "sharing.see_bookings", 50),
        MenuEntry(_("我的预约"), "sharing:mine", "calendar-event", "settings", "sharing.own_bookings", 85),
    )
    actions = {
        "sharing.share_venue": _("登记共享场地"),
        "sharing.change_venue": _("修改共享场地"),
        "sharing.set_hours": _("设开放时间"),
        "sharing.close_days": _("安排闭馆"),
        "sharing.open_again": _("取消闭馆"),
        "sharing.book": _("预约场地"),
        "sharing.cancel": _("取消预约"),
        "sharing.move_up": _("候补排到了"),
        "sharing.accept": _("同意预约"),
        "sharing.accept_series": _("同意一批预约"),
        "sharing.refuse": _("不同意预约"),
        "sharing.count_attendance": _("登记到场人次"),
        "sharing.record_no_show": _("记为没有来"),
        "sharing.see_booker": _("查看预约人电话"),
        "sharing.settle_month": _("结算场地使用"),
        "sharing.receive_donation": _("接收捐赠"),
        "sharing.allocate": _("分配物资"),
        "sharing.hand_over": _("物资签收"),
        "sharing.return_goods": _("物资退回"),
        "sharing.write_off": _("核销物资"),
        "sharing.move_stock": _("移库"),
        "sharing.take_stock": _("盘点"),
        "sharing.see_household": _("查看受助户"),
    }
    notices = NOTICES
    calendars = {"sharing.venue": "gongjian.work.sharing.selectors.calendars.kept_feed"}

    def events(self, account: Any) -> Any:
        from gongjian.work.sharing.selectors.calendars import own_events

        return own_events(account)

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.sharing.selectors.desk import desk_items

        return desk_items(account)

    def home_list(self) -> HomeList | None:
        from gongjian.work.sharing.selectors.venues import home_list

        return home_list()

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.sharing.selectors.venues import search

        return search(account, words)

    def personal_data(self, person: Any) -> dict[str, Any]:
        from gongjian.work.sharing.selectors.bookings import personal_data

        return personal_data(person)

    def forget(self, person: Any) -> None:
        from gongjian.work.sharing.services.forgetting import forget_person

        forget_person(person)

    def api_router(self) -> Any:
        from gongjian.work.sharing.api import router

        return router
