from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class RatingsConfig(RoomConfig):
    name = "gongjian.work.ratings"
    label = "ratings"
    verbose_name = _("星级评定")
    mount = "ratings"
    menu = (MenuEntry(_("星级评定"), "ratings:schemes", "star", "doing", "ratings.view", 85),)
    actions = {
        "ratings.make_scheme": _("建立星级评定办法"),
        "ratings.edit_scheme": _("修改星级评定办法"),
        "ratings.save_blueprint": _("修改评定指标"),
        "ratings.close_scheme": _("停用星级评定办法"),
    }

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.ratings.selectors.schemes import search

        return search(account, words)
