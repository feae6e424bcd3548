from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig
from gongjian.work.projects.acting import ACTIONS


class ProjectsConfig(RoomConfig):
    name = "gongjian.work.projects"
    label = "projects"
    verbose_name = _("项目")
    mount = "projects"
    menu = (MenuEntry(_("工程项目"), "projects:list", "tools", "doing", "projects.view", 30),)
    actions = ACTIONS

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.projects.selectors.desk import search

        return search(account, words)
