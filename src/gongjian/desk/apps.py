from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class DeskConfig(RoomConfig):
    name = "gongjian.desk"
    label = "desk"
    verbose_name = _("前台")
    menu = (
        MenuEntry(_("首页"), "desk:home", "home", "public", order=0),
        MenuEntry(_("我的事"), "desk:my_desk", "checklist", "doing", "desk.view_desk", order=0),
        MenuEntry(_("通知"), "desk:notifications", "bell", "doing", "notifications.read", 5),
        MenuEntry(_("日历订阅"), "desk:calendars", "calendar", "settings", "calendars.subscribe", 82),
        MenuEntry(_("通知渠道"), "desk:channels", "send", "settings", "notifications.manage_own", 80),
    )
    actions = {
        "notifications.add_channel": _("加通知渠道"),
        "notifications.change_channel": _("修改通知渠道"),
        "notifications.remove_channel": _("删掉通知渠道"),
        "notifications.send_test": _("发测试通知"),
        "calendars.subscribe": _("订阅日历"),
        "calendars.unsubscribe": _("取消日历订阅"),
        "sheets.receive": _("上传表格"),
        "sheets.confirm": _("确认导入表格"),
    }

    def ready(self) -> None:
        from gongjian.desk import rules  # noqa: F401

    def desk_items(self, account: Any) -> Any:
        return ()

    def events(self, account: Any) -> Any:
        from gongjian.desk.calendars.deadlines import deadlines

        return deadlines(account)
