from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class OfficialConfig(RoomConfig):
    name = "gongjian.chronicle.official"
    label = "official"
    verbose_name = _("公文")
    mount = "papers"
    menu = (MenuEntry(_("公文"), "official:choose", "file-text", "recorded", "official.write", 62),)
