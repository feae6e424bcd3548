from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import RoomConfig


class ProjectsConfig(RoomConfig):
    name = "gongjian.work.projects"
    label = "projects"
    verbose_name = _("项目")
