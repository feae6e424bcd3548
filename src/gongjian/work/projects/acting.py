"""What the room's audit entries are called."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "projects.add_programme": _("建立工程计划"),
    "projects.open_project": _("立项"),
    "projects.change_project": _("改项目"),
    "projects.start_project": _("项目开工"),
    "projects.finish_project": _("项目完工"),
    "projects.stop_project": _("项目停办"),
    "projects.add_participant": _("项目加入单位"),
    "projects.remove_participant": _("项目移出单位"),
    "projects.add_funding": _("登记项目资金"),
    "projects.remove_funding": _("删去项目资金"),
    "projects.found_branch": _("成立项目临时党支部"),
}
