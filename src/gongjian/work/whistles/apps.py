from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import RoomConfig


class WhistlesConfig(RoomConfig):
    name = "gongjian.work.whistles"
    label = "whistles"
    verbose_name = _("吹哨")
