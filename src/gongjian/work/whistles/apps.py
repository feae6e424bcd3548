from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig
from gongjian.work.whistles.acting import ACTIONS


class WhistlesConfig(RoomConfig):
    name = "gongjian.work.whistles"
    label = "whistles"
    verbose_name = _("吹哨")
    mount = "whistles"
    menu = (
        MenuEntry(_("反映问题"), "whistles:report", "message-report", "public", order=5),
        MenuEntry(_("吹哨"), "whistles:board", "speakerphone", "doing", "whistles.board", 10),
    )
    actions = ACTIONS

    def desk_items(self, account: Any) -> Any:
        from gongjian.work.whistles.selectors.desk import desk_items

        return desk_items(account)

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.whistles.selectors.desk import search

        return search(account, words)

    def personal_data(self, person: Any) -> dict[str, Any]:
        from gongjian.work.whistles.selectors.persons import personal_data

        return personal_data(person)
