from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class WritingConfig(RoomConfig):
    name = "gongjian.chronicle.writing"
    label = "writing"
    verbose_name = _("写材料")
    mount = "writing"
    menu = (MenuEntry(_("写材料"), "writing:choose", "pencil", "recorded", "writing.write", 61),)
