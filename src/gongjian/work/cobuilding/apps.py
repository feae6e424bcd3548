from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig
from gongjian.work.cobuilding.acting import ACTIONS
from gongjian.work.cobuilding.notices import NOTICES


class CobuildingConfig(RoomConfig):
    name = "gongjian.work.cobuilding"
    label = "cobuilding"
    verbose_name = _("共建")
    mount = "cobuilding"
    menu = (
        MenuEntry(_("三张清单"), "cobuilding:board", "heart-handshake", "doing", "cobuilding.view", 20),
        MenuEntry(_("共建协议"), "cobuilding:agreements", "file-text", "doing", "cobuilding.view_agreement", 22),
        MenuEntry(_("双报到"), "cobuilding:report_ins", "users-group", "doing", "cobuilding.view_report_in", 24),
    )
    sheets = {
        "cobuilding.needs": "gongjian.work.cobuilding.sheets.incoming.NeedSheet",
        "cobuilding.offers": "gongjian.work.cobuilding.sheets.incoming.OfferSheet",
        "cobuilding.claims": "gongjian.work.cobuilding.sheets.incoming.ClaimSheet",
    }
    actions = ACTIONS
    notices = NOTICES

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.cobuilding.selectors.desk import desk_items

        return desk_items(account)

    def events(self, account: Any) -> Any:
        from gongjian.work.cobuilding.selectors.calendars import agreement_events

        return agreement_events(account)

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.cobuilding.selectors.desk import search

        return search(account, words)

    def personal_data(self, person: Any) -> dict[str, Any]:
        from gongjian.work.cobuilding.selectors.report_ins import of_person

        return of_person(person)

    def api_router(self) -> Any:
        from gongjian.work.cobuilding.api import router

        return router
