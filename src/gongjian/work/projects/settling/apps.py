from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig
from gongjian.work.projects.settling.acting import ACTIONS


class SettlingConfig(RoomConfig):
    name = "gongjian.work.projects.settling"
    label = "settling"
    verbose_name = _("腾退结算")
    mount = "settlements"
    project_section = "gongjian.work.projects.settling.selectors.desk.project_section"
    menu = (MenuEntry(_("腾退结算"), "settling:settlements", "scale", "doing", "settling.view", 64),)
    actions = ACTIONS

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.projects.settling.selectors.desk import desk_items

        return desk_items(account)
