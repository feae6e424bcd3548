from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig
from gongjian.work.whistles.acting import ACTIONS


class WhistlesConfig(RoomConfig):
    name = "gongjian.work.whistles"
    label = "whistles"
    verbose_name = _("吹哨")
    mount = "whistles"
    actions = ACTIONS
    menu = (MenuEntry(_("导入工单"), "whistles:import", "file-spreadsheet", "doing", "whistles.import", 45),)

    def personal_data(self, person: Any) -> dict[str, Any]:
        from gongjian.work.whistles.selectors.persons import personal_data

        return personal_data(person)

    def api_router(self) -> Any:
        from gongjian.work.whistles.api import router

        return router
