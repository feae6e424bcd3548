from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig
from gongjian.work.volunteering.acting import ACTIONS
from gongjian.work.volunteering.notices import NOTICES


class VolunteeringConfig(RoomConfig):
    name = "gongjian.work.volunteering"
    label = "volunteering"
    verbose_name = _("志愿服务")
    mount = "volunteering"
    menu = (
        MenuEntry(_("志愿服务"), "volunteering:list", "heart-handshake", "public", order=8),
        MenuEntry(_("志愿活动"), "volunteering:activities", "users-group", "doing", "volunteering.look", 20),
        MenuEntry(_("服务证明"), "volunteering:certificates", "certificate", "recorded", "volunteering.view_certificates", 60),
        MenuEntry(_("时长抽查"), "volunteering:spot_checks", "target", "recorded", "volunteering.view_spot_checks", 61),
        MenuEntry(_("志愿者"), "volunteering:volunteers", "users", "registers", "volunteering.view_volunteers", 35),
    )
    actions = ACTIONS
    notices = NOTICES
    sheets = {"volunteering.people": "gongjian.work.volunteering.sheets.people.PeopleSheet"}

    calendars = {"volunteering.team": "gongjian.work.volunteering.selectors.calendars.team_feed"}

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.volunteering.selectors.desk import desk_items

        return desk_items(account)

    def events(self, account: Any) -> Any:
        from gongjian.work.volunteering.selectors.calendars import own_events

        return own_events(account)

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.volunteering.selectors.desk import search

        return search(account, words)

    def personal_data(self, person: Any) -> dict[str, Any]:
        from gongjian.work.volunteering.selectors.desk import personal_data

        return personal_data(person)

    def api_router(self) -> Any:
        from gongjian.work.volunteering.api import router

        return router
