from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import RoomConfig


class VolunteeringConfig(RoomConfig):
    name = "gongjian.work.volunteering"
    label = "volunteering"
    verbose_name = _("志愿服务")
