from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class ReadingConfig(RoomConfig):
    name = "gongjian.chronicle.reading"
    label = "reading"
    verbose_name = _("读报道")
    mount = "reading"
    menu = (MenuEntry(_("读报道"), "reading:reports", "file-text", "recorded", "reading.read", 60),)
    actions = {"reading.read": _("读一篇报道"), "reading.accept": _("从报道记下事迹")}

    def search(self, account: Any, words: str) -> Any:
        from gongjian.chronicle.reading.selectors import search

        return search(account, words)
