from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class HonorsConfig(RoomConfig):
    name = "gongjian.honors"
    label = "honors"
    verbose_name = _("评选表彰")
    mount = "honors"
    menu = (
        MenuEntry(_("光荣榜"), "honors:roll", "award", "public", None, 40),
        MenuEntry(_("公示"), "honors:notices", "speakerphone", "public", None, 50),
        MenuEntry(_("评选表彰"), "honors:campaigns", "trophy", "doing", "honors.view_campaign", 80),
    )

    def desk_items(self, account: Any) -> Any:
        from gongjian.honors.selectors import desk_items

        return desk_items(account)

    def search(self, account: Any, words: str) -> Any:
        from gongjian.honors.selectors import search_campaigns

        return search_campaigns(account, words)

    def api_router(self) -> Any:
        from gongjian.honors.api import router

        return router
