from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig
from gongjian.work.projects.acting import ACTIONS
from gongjian.work.projects.notices import NOTICES


class ProjectsConfig(RoomConfig):
    name = "gongjian.work.projects"
    label = "projects"
    verbose_name = _("项目")
    mount = "projects"
    menu = (
        MenuEntry(_("工程项目"), "projects:list", "tools", "doing", "projects.view", 30),
        MenuEntry(_("任务台账"), "projects:tasks", "list-check", "doing", "projects.view", 31),
        MenuEntry(_("会议"), "projects:meetings", "users", "doing", "projects.view", 32),
    )
    calendars = {"projects.project": "gongjian.work.projects.selectors.meetings.project_calendar"}
    sheets = {"projects.tasks": "gongjian.work.projects.sheets.TaskSheet"}
    actions = ACTIONS
    notices = NOTICES

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.projects.selectors.desk import desk_items

        return desk_items(account)

    def events(self, account: Any) -> Any:
        from gongjian.work.projects.selectors.meetings import meeting_events

        return meeting_events(account)

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.projects.selectors.desk import search

        return search(account, words)

    def api_router(self) -> Any:
        from gongjian.work.projects.api import router

        return router
