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
    "projects.add_milestone": _("定节点"),
    "projects.move_milestone": _("改节点日期"),
    "projects.reach_milestone": _("节点到了"),
    "projects.give_task": _("派任务"),
    "projects.change_task": _("改任务"),
    "projects.start_task": _("开始办任务"),
    "projects.finish_task": _("办完任务"),
    "projects.drop_task": _("任务不办了"),
    "projects.reopen_task": _("任务重新办"),
    "projects.print": _("打印项目材料"),
    "projects.found_branch": _("成立项目临时党支部"),
}
