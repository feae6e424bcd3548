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
    )

    def ready(self) -> None:
        from gongjian.desk import rules  # noqa: F401

    def desk_items(self, account: Any) -> Any:
        return ()
