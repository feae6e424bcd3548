from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjian.kernel.rooms import MenuEntry, RoomConfig


class ElevatorsConfig(RoomConfig):
    name = "gongjian.work.projects.elevators"
    label = "elevators"
    verbose_name = _("加装电梯")
    mount = "elevators"
    project_section = "gongjian.work.projects.elevators.selectors.project_section"
    menu = (MenuEntry(_("加装电梯"), "elevators:retrofits", "building", "doing", "elevators.view", 66),)
    actions = {
        "elevators.open": _("登记加装电梯"),
        "elevators.set_costs": _("定电梯费用"),
        "elevators.agree": _("签电梯分摊协议"),
        "elevators.do_step": _("登记加装步骤"),
        "elevators.stop": _("加装电梯不办了"),
        "elevators.add_table": _("登记楼层系数表"),
    }

    def search(self, account: Any, words: str) -> Any:
        from gongjian.work.projects.elevators.selectors import search

        return search(account, words)
